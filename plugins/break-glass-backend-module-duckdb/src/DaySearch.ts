import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { CachedDay, DayCache } from './cache/DayCache';
import { Candidates } from './candidates';
import { DuckDbEngine } from './DuckDbEngine';
import { Findings } from './Findings';
import { LogDay } from './LogListing';
import { CacheOptions } from './readOptions';
import { DayFindings, FileFindings, searchFiles } from './searchFiles';

/** Days, by whether the cache has them. */
interface Sorted {
  kept: CachedDay[];
  unread: LogDay[];
}

/** Looks through days of logs: in the cache where it has them, else in their files. */
export class DaySearch {
  private readonly cache?: DayCache;

  constructor(
    private readonly engine: DuckDbEngine,
    cache: CacheOptions | undefined,
    clock: Clock,
    logger?: Pick<LoggerService, 'warn'>,
  ) {
    this.cache = cache && new DayCache(engine, cache, clock, logger);
  }

  /** @throws ServiceUnavailableError where DuckDB cannot be used. */
  async search(
    days: LogDay[],
    candidates: Candidates,
    signal: AbortSignal,
  ): Promise<Findings> {
    const findings = new Findings();
    const { kept, unread } = this.sort(days);
    const inCache = await this.searchKept(kept, candidates, findings, signal);
    const files = inCache ? unread : days;
    for (const group of alike(files)) {
      if (isEnough(findings, candidates)) {
        findings.truncated = true;
        break;
      }
      const found = await searchFiles(this.engine, group, candidates, signal);
      addFiles(findings, found, candidates);
      findings.truncated ||= found.unread;
      // A day that was read in part is not kept: it would pass for the whole.
      if (!found.unread) {
        await this.keep(
          files.filter(day => isAlike(day, group)),
          found,
          signal,
        );
      }
    }
    return findings;
  }

  private sort(days: LogDay[]): Sorted {
    const sorted: Sorted = { kept: [], unread: [] };
    for (const day of days) {
      const cached = this.cache?.find(day);
      if (cached) {
        sorted.kept.push(cached);
      } else {
        sorted.unread.push(day);
      }
    }
    return sorted;
  }

  /** Whether it could be looked through: a part may be gone, or damaged. */
  private async searchKept(
    days: CachedDay[],
    candidates: Candidates,
    findings: Findings,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const result = await this.cache?.search(days, candidates, signal);
      findings.addRecords(result?.found ?? []);
      findings.bytesScanned += result?.bytes ?? 0;
      days.forEach(({ kept }) => addKept(findings, kept, candidates));
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ServiceUnavailableError) {
        throw error;
      }
      await this.cache?.forget(days);
      return false;
    }
  }

  /** Each of several days that were read together, on its own. */
  private async keep(
    days: LogDay[],
    { files, problems, unread }: DayFindings,
    signal: AbortSignal,
  ): Promise<void> {
    for (const day of this.cache ? days : []) {
      const paths = new Set(day.files.map(({ path }) => path));
      const names = new Set(day.files.map(({ name }) => name));
      const own = {
        files: files.filter(({ file }) => paths.has(file.path)),
        problems: problems.filter(({ name }) => names.has(name)),
        unread,
      };
      await this.cache?.keep(day, own, signal);
    }
  }
}

/** Whether there are more candidates than are wanted. */
function isEnough(
  { records }: Findings,
  { most = Infinity }: Candidates,
): boolean {
  return records.length > most;
}

/** Days that are filed alike, as one: fewer statements read them. */
function alike(days: LogDay[]): LogDay[] {
  const groups: LogDay[] = [];
  for (const day of days) {
    const known = groups.find(group => isAlike(day, group));
    if (known) {
      known.files.push(...day.files);
    } else {
      groups.push({ ...day, files: [...day.files] });
    }
  }
  return groups;
}

function isAlike(a: LogDay, b: LogDay): boolean {
  return a.layout === b.layout && a.accountId === b.accountId;
}

function addFiles(
  findings: Findings,
  { files, problems }: DayFindings,
  { accountIds }: Candidates,
) {
  findings.problems.push(...problems);
  for (const { file, found, delivered } of files) {
    findings.addRecords(found);
    findings.filesRead += 1;
    findings.bytesScanned += file.size;
    addDelivered(findings, accountId => delivered.get(accountId), accountIds);
  }
}

function addKept(
  findings: Findings,
  { problems, filesRead, delivered }: CachedDay['kept'],
  { accountIds }: Candidates,
) {
  findings.problems.push(...problems);
  findings.filesRead += filesRead;
  addDelivered(findings, accountId => delivered[accountId], accountIds);
}

function addDelivered(
  findings: Findings,
  of: (accountId: string) => ReturnType<FileFindings['delivered']['get']>,
  accountIds: string[],
) {
  for (const accountId of accountIds) {
    const one = of(accountId);
    if (one) {
      findings.addDelivered(one);
    }
  }
}
