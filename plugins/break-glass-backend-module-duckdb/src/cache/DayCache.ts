import { mkdir } from 'fs/promises';
import { join } from 'path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { Candidates, texts } from '../candidates';
import { DuckDbEngine } from '../DuckDbEngine';
import { Delivered } from '../Findings';
import { LogDay } from '../LogListing';
import { CacheOptions } from '../readOptions';
import { DayFindings, joined } from '../searchFiles';
import { CheckSums } from './checkSums';
import { dayKey } from './dayKey';
import { evict, forgetDays } from './evict';
import { FolderTrust } from './FolderTrust';
import { KeptDay, readKeptDay, touchKeptDay, writeKeptDay } from './KeptDay';
import { writeParts } from './writeParts';

/** Days whose newest file is younger still get more: they are not kept yet. */
const SETTLED_AFTER = 15 * 60_000;

/** A day as it was found in the cache. */
export interface CachedDay {
  key: string;
  kept: KeptDay;
}

/**
 * Days of logs as Parquet files in one folder, redacted, under names that their
 * log files give them. It may be deleted at any time, whole or in parts, and
 * several processes may use it: nothing is changed in place, and what is there
 * is complete. A folder that other users may write to is not used.
 */
export class DayCache {
  private readonly checkSums = new CheckSums();
  private readonly folder: FolderTrust;

  constructor(
    private readonly engine: DuckDbEngine,
    private readonly options: CacheOptions,
    private readonly clock: Clock,
    logger?: Pick<LoggerService, 'warn'>,
  ) {
    this.folder = new FolderTrust(options.path, logger);
  }

  /** The day as it is kept; undefined where it has to be read from its files. */
  find(day: LogDay): CachedDay | undefined {
    if (!this.folder.isTrusted()) {
      return undefined;
    }
    const key = dayKey(day);
    const kept = readKeptDay(this.options.path, key);
    if (kept) {
      touchKeptDay(this.options.path, key, this.clock.now());
    }
    return kept && { key, kept };
  }

  /**
   * Looks through days that are kept.
   * @returns candidates, as JSON text, and the bytes of what was opened
   * @throws Error where a part is gone or damaged.
   */
  async search(
    days: CachedDay[],
    candidates: Candidates,
    signal: AbortSignal,
  ): Promise<{ found: string[]; bytes: number }> {
    const touched = days
      .map(({ kept }) => kept)
      .filter(kept => mayHold(kept, candidates));
    const parts = touched.flatMap(kept => kept.parts);
    if (parts.length === 0) {
      return { found: [], bytes: 0 };
    }
    await this.checkSums.check(this.options.path, parts);
    const { accountIds, from, to, values, most } = candidates;
    const untimed = touched.some(kept => kept.untimed);
    const rows = await this.engine.query(
      searchSql(candidates, untimed),
      {
        ...values,
        files: texts(parts.map(({ name }) => join(this.options.path, name))),
        accounts: texts(accountIds),
        from: BigInt(Math.ceil(from)),
        to: BigInt(Math.ceil(to)),
        // One more tells that there are more.
        ...(most !== undefined && { most: BigInt(most + 1) }),
      },
      signal,
    );
    return {
      found: rows.map(({ record }) => String(record)),
      bytes: parts.reduce((sum, { size }) => sum + size, 0),
    };
  }

  /** Keeps a day that was read. A cache that cannot be written is no reason to fail. */
  async keep(
    day: LogDay,
    { files, problems }: DayFindings,
    signal: AbortSignal,
  ): Promise<void> {
    const youngest = Math.max(...day.files.map(({ changedAt }) => changedAt));
    const settled = youngest <= this.clock.now() - SETTLED_AFTER;
    // What could not be opened may be there the next time, with the same date.
    if (!settled || problems.some(({ kind }) => kind === 'unreadable')) {
      return;
    }
    const { path, maxSize } = this.options;
    const key = dayKey(day);
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      if (!this.folder.isTrusted()) {
        return;
      }
      const parts = await writeParts(this.engine, path, key, files, signal);
      await writeKeptDay(path, key, {
        parts,
        problems,
        filesRead: files.length,
        untimed: files.some(({ untimed }) => untimed),
        delivered: deliveredOf(files),
      });
      await evict(path, maxSize);
    } catch {
      signal.throwIfAborted();
    }
  }

  /** Forgets days that turned out to be damaged: they are read and kept anew. */
  async forget(days: CachedDay[]): Promise<void> {
    days.forEach(({ kept }) => this.checkSums.forget(kept.parts));
    const keys = days.map(({ key }) => key);
    await forgetDays(this.options.path, keys);
  }
}

/** Whether a candidate may be among what is kept. */
function mayHold(kept: KeptDay, { accountIds, from, to }: Candidates): boolean {
  return (
    kept.untimed ||
    accountIds.some(accountId => {
      const { first, last } = kept.delivered[accountId] ?? {};
      return (
        first !== undefined && last !== undefined && first < to && last >= from
      );
    })
  );
}

/** The time alone, so that DuckDB can skip what lies outside of it; holds no value. */
function searchSql({ condition, most }: Candidates, untimed: boolean): string {
  const select = (time: string) => `
    SELECT record FROM read_parquet($files)
    WHERE ${time}
      AND (account_id IS NULL OR list_contains($accounts, account_id))
      AND ${condition}`;
  const timed = select('time_ms >= $from AND time_ms < $to');
  const all = untimed ? `${timed} UNION ALL ${select('time_ms < 0')}` : timed;
  return most === undefined ? all : `SELECT record FROM (${all}) LIMIT $most`;
}

function deliveredOf(files: DayFindings['files']): KeptDay['delivered'] {
  const all: Record<string, Delivered> = {};
  for (const { delivered } of files) {
    for (const [accountId, one] of delivered) {
      const known = all[accountId];
      all[accountId] = known ? joined(known, one) : one;
    }
  }
  return all;
}
