import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { withholdSecrets } from '../database/refuseSecrets';
import { AuditEvent, Database } from '../database/types';
import { appendLine, readLines } from './durableFile';

interface SpooledEvent {
  spoolId: string;
  event: AuditEvent;
}

/**
 * Keeps audit entries of endings on disk while the audit log cannot be written,
 * so that ending access waits for nothing (I4). One file per process.
 */
export class AuditSpool {
  private files: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: { file: string; database: Database }) {}

  /** Keeps an entry; on the disk when this returns. */
  async append(event: AuditEvent): Promise<void> {
    const details = withholdSecrets(event.details);
    const line: SpooledEvent = {
      spoolId: randomUUID(),
      event: { ...event, details },
    };
    await this.oneAtATime(() =>
      appendLine(this.options.file, JSON.stringify(line)),
    );
  }

  /** Whether entries wait. */
  async waiting(): Promise<number> {
    const [fresh, taken] = await Promise.all([
      readLines(this.options.file),
      readLines(this.taken),
    ]);
    return fresh.length + taken.length;
  }

  /**
   * Writes the kept entries into the audit log in their order, marked with
   * `spooled: true`. Safe to repeat after a crash at any point.
   * @returns how many were written.
   * @throws where the log still cannot be written; the rest stays kept.
   */
  async replay(): Promise<number> {
    let written = await this.replayTaken();
    if (await this.oneAtATime(() => this.take())) {
      written += await this.replayTaken();
    }
    return written;
  }

  private get taken(): string {
    return `${this.options.file}.replaying`;
  }

  /** Moves the file aside, so that new entries never wait for the database. */
  private async take(): Promise<boolean> {
    if ((await readLines(this.options.file)).length === 0) {
      return false;
    }
    await rename(this.options.file, this.taken);
    return true;
  }

  private async replayTaken(): Promise<number> {
    const lines = await readLines(this.taken);
    let written = 0;
    for (const line of lines) {
      const spooled = parse(line);
      if (!spooled) {
        await appendLine(`${this.options.file}.unreadable`, line);
      } else if (await writeOnce(this.options.database, spooled)) {
        written += 1;
      }
    }
    await rm(this.taken, { force: true });
    return written;
  }

  private oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const done = this.files.then(work);
    this.files = done.catch(() => undefined);
    return done;
  }
}

/** @returns false where a replay before this one wrote it. */
function writeOnce(
  database: Database,
  { spoolId, event }: SpooledEvent,
): Promise<boolean> {
  return database.transaction(async stores => {
    const sameInstant = await stores.audit.list(
      { actor: event.actor, from: event.at, to: event.at + 1 },
      { limit: 1_000 },
    );
    if (sameInstant.some(row => row.details.spoolId === spoolId)) {
      return false;
    }
    const details = { ...event.details, spooled: true, spoolId };
    await stores.audit.append({ ...event, details });
    return true;
  });
}

function parse(line: string): SpooledEvent | undefined {
  try {
    const { spoolId, event } = JSON.parse(line);
    return typeof spoolId === 'string' && Number.isSafeInteger(event?.at)
      ? { spoolId, event }
      : undefined;
  } catch {
    return undefined;
  }
}
