import { AuditStore, Millis } from '../database/types';
import { appendLine, moveAway, readLastLines, readLines } from './durableFile';

/** The head of the audit log as it was witnessed outside the database. */
export interface Anchor {
  seq: number;
  hash: string;
  /** ISO 8601, for people. */
  at: string;
}

/** How the database stands to its anchor. */
export interface AnchorState {
  /** The database is older than its anchor, or not the one that was anchored. */
  restored: boolean;
  /** For the health route. */
  words: string;
  anchoredSeq?: number;
}

/** All anchors, and the lines that are none. */
export interface AnchorFile {
  anchors: Anchor[];
  /** Numbers of lines, from 1, that were changed beyond reading. */
  unreadable: number[];
}

/** Room for a few dozen lines: replicas may have written the newest in any order. */
const TAIL_BYTES = 8_192;

/** Writes the head of the audit log to a file outside the database, and compares (I6). */
export class AuditAnchor {
  constructor(private readonly file: string) {}

  /** Every anchor, for verifying. */
  async read(): Promise<AnchorFile> {
    const result: AnchorFile = { anchors: [], unreadable: [] };
    (await readLines(this.file)).forEach((line, index) => {
      const anchor = parseAnchor(line);
      if (anchor) {
        result.anchors.push(anchor);
      } else if (!isTorn(line)) {
        result.unreadable.push(index + 1);
      }
    });
    return result;
  }

  /**
   * Whether the database is the one that was anchored last, or newer. Call it
   * before anything is issued.
   * @throws Error where file or database cannot be read.
   */
  async check(audit: AuditStore): Promise<AnchorState> {
    const last = await this.last();
    const witness = await audit.witness(last?.seq ?? 0);
    const { head, anchoredSeq: known } = witness;
    if (known > (last?.seq ?? 0)) {
      const words = `Entry ${known} of the audit log was anchored, but the anchor file ${
        last ? `ends at entry ${last.seq}` : 'holds no anchor'
      }: it was emptied, lost, or replaced by an older one.`;
      return { restored: true, words, anchoredSeq: last?.seq };
    }
    if (!last) {
      return { restored: false, words: 'Nothing was anchored yet.' };
    }
    const anchoredSeq = last.seq;
    if (head.seq < last.seq) {
      const words = `The audit log ends at entry ${head.seq}, but entry ${last.seq} was anchored at ${last.at}: the database was restored from a backup, or its tail was cut.`;
      return { restored: true, words, anchoredSeq };
    }
    if (last.seq > 0 && witness.hashAt !== last.hash) {
      const words = `Entry ${last.seq} of the audit log is not the one that was anchored at ${last.at}: the log was rewritten, or the database is another one.`;
      return { restored: true, words, anchoredSeq };
    }
    const words = `Entry ${last.seq} is anchored, ${
      head.seq - last.seq
    } newer are not yet.`;
    return { restored: false, words, anchoredSeq };
  }

  /**
   * Anchors the head, unless nothing is new. A database that is not the one
   * that was anchored is never anchored: that would take the witness away.
   */
  async write(audit: AuditStore, now: Millis): Promise<AnchorState> {
    const state = await this.check(audit);
    const { seq, hash } = await audit.head();
    if (state.restored || seq === (state.anchoredSeq ?? 0)) {
      return state;
    }
    const anchor: Anchor = { seq, hash, at: new Date(now).toISOString() };
    await appendLine(this.file, JSON.stringify(anchor));
    await audit.anchored(seq);
    const words = `Entry ${seq} is anchored.`;
    return { restored: false, words, anchoredSeq: seq };
  }

  /**
   * Takes the database for the right one again, because an operator says so: its
   * entry is the one that they looked at. The witnesses so far are kept beside the
   * file, and a new one begins.
   * @returns where they are kept; undefined where the entry is another one
   */
  async accept(
    audit: AuditStore,
    accepted: { seq: number; hash: string },
    now: Millis,
  ): Promise<string | undefined> {
    const { hashAt } = await audit.witness(accepted.seq);
    if (hashAt !== accepted.hash) {
      return undefined;
    }
    const at = new Date(now).toISOString();
    const kept = `${this.file}.${at.replace(/[:.]/g, '-')}`;
    await moveAway(this.file, kept);
    await audit.anchored(accepted.seq);
    await appendLine(this.file, JSON.stringify({ ...accepted, at }));
    return kept;
  }

  private async last(): Promise<Anchor | undefined> {
    const anchors = (await readLastLines(this.file, TAIL_BYTES)).flatMap(
      line => parseAnchor(line) ?? [],
    );
    return anchors.sort((a, b) => b.seq - a.seq)[0];
  }
}

function parseAnchor(line: string): Anchor | undefined {
  try {
    const { seq, hash, at } = JSON.parse(line);
    return Number.isSafeInteger(seq) &&
      /^[0-9a-f]{64}$/.test(hash) &&
      typeof at === 'string'
      ? { seq, hash, at }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a crash while writing explains the line. */
function isTorn(line: string): boolean {
  return '{"seq":'.startsWith(line.slice(0, 7)) && !line.endsWith('}');
}
