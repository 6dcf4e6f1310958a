import { chainHash, GENESIS_HASH } from '../database/auditChain';
import { AuditRow, AuditVerification } from '../database/types';
import { Anchor, AnchorFile } from './AuditAnchor';

type Problem = AuditVerification['problems'][number];
type Link = { seq: number; hash: string };

/** More tell nobody anything new. */
const MAX_PROBLEMS = 100;

/** Takes the entries of the audit log in their order and says what is wrong with them. Pure. */
export class ChainVerifier {
  private readonly problems: Problem[] = [];
  private readonly anchorsBySeq = new Map<number, Anchor[]>();
  private previous: Link = { seq: 0, hash: GENESIS_HASH };
  private entries = 0;
  private lastWitnessed = 0;
  private rewritten?: Anchor;

  constructor(readonly head: Link, private readonly anchorFile: AnchorFile) {
    for (const anchor of anchorFile.anchors) {
      const sameSeq = this.anchorsBySeq.get(anchor.seq) ?? [];
      this.anchorsBySeq.set(anchor.seq, [...sameSeq, anchor]);
    }
  }

  take(row: AuditRow): void {
    this.entries += 1;
    this.checkLink(row);
    this.checkContent(row);
    this.checkAnchors(row);
    this.previous = row;
  }

  result(beyondHead: AuditRow | undefined): AuditVerification {
    this.checkEnd(beyondHead);
    this.checkAnchorFile();
    const anchored = [...this.anchorsBySeq.keys()];
    return {
      intact: this.problems.length === 0,
      entries: this.entries,
      headHash: this.head.hash,
      ...(anchored.length > 0 && { anchoredSeq: highest(anchored) }),
      problems: this.problems,
    };
  }

  private checkLink(row: AuditRow): void {
    const expected = this.previous.seq + 1;
    if (row.seq < expected) {
      this.report(row.seq, 'changed', 'does not belong to the log');
    } else if (row.seq > expected) {
      const last = row.seq - 1;
      const gap = last === expected ? 'is' : `to ${last} are`;
      this.report(expected, 'gap', `${gap} missing`);
    } else if (row.prevHash !== this.previous.hash) {
      // The entry after it remembers another one.
      this.report(
        Math.max(this.previous.seq, 1),
        'changed',
        'is not the one that the log went on from',
      );
    }
  }

  private checkContent(row: AuditRow): void {
    if (chainHash(row.prevHash, row.seq, row) !== row.hash) {
      this.report(row.seq, 'changed', 'was changed: its hash does not fit');
    }
  }

  private checkAnchors(row: AuditRow): void {
    for (const anchor of this.anchorsBySeq.get(row.seq) ?? []) {
      if (anchor.hash !== row.hash) {
        this.rewritten ??= anchor;
      } else if (!this.rewritten) {
        this.lastWitnessed = row.seq;
      }
    }
  }

  private checkEnd(beyondHead: AuditRow | undefined): void {
    const { head, previous } = this;
    if (previous.seq < head.seq) {
      this.report(
        previous.seq + 1,
        'cut',
        `and all after it are missing, up to ${head.seq}`,
      );
    } else if (previous.hash !== head.hash) {
      this.report(head.seq, 'changed', 'is not the one that the head names');
    }
    if (beyondHead) {
      this.report(beyondHead.seq, 'changed', 'stands beyond the head');
    }
  }

  private checkAnchorFile(): void {
    const { rewritten, lastWitnessed, head } = this;
    if (rewritten) {
      this.report(
        rewritten.seq,
        'rewritten',
        `is not the one that was anchored at ${rewritten.at}; the log was rewritten somewhere after entry ${lastWitnessed}`,
      );
    }
    const ahead = [...this.anchorsBySeq.keys()].filter(seq => seq > head.seq);
    if (ahead.length > 0) {
      this.report(
        highest(ahead),
        'anchor-mismatch',
        `was anchored, but the log ends at ${head.seq}: restored from a backup, or cut`,
      );
    }
    for (const line of this.anchorFile.unreadable) {
      this.add({
        seq: 0,
        kind: 'anchor-mismatch',
        message: `Line ${line} of the anchor file was changed beyond reading`,
      });
    }
  }

  private report(seq: number, kind: Problem['kind'], what: string): void {
    this.add({ seq, kind, message: `Entry ${seq} ${what}` });
  }

  private add(problem: Problem): void {
    const known = this.problems.some(
      ({ seq, kind }) =>
        seq === problem.seq && kind === problem.kind && seq !== 0,
    );
    if (!known && this.problems.length < MAX_PROBLEMS) {
      this.problems.push(problem);
    }
  }
}

function highest(numbers: number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b));
}
