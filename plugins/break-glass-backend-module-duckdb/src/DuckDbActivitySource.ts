import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ActivityCoverage,
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  Clock,
  systemClock,
  UseQuery,
  UseResult,
} from 'backstage-plugin-break-glass-node';
import { activityCandidates, Candidates, useCandidates } from './candidates';
import { DaySearch } from './DaySearch';
import { DuckDbEngine } from './DuckDbEngine';
import { Findings } from './Findings';
import { listLogs } from './listLogs';
import { assertListable, LogDay } from './LogListing';
import { LogProblem, printable, reasonOf, sentencesOf } from './logProblems';
import { DuckDbOptions } from './readOptions';

/** CloudWatch Logs takes no event above 256 KB. */
const CUT_BY_CLOUDWATCH =
  'Records over 256 KB never reach CloudWatch Logs, and so are not in the files of a Firehose stream.';

/**
 * Finds CloudTrail records in log files on disk, in the folders of the accounts
 * and the days of the query only.
 */
export class DuckDbActivitySource implements ActivitySource {
  readonly id = 'duckdb';
  readonly title = 'CloudTrail files on disk';
  private readonly engine: DuckDbEngine;
  private readonly days: DaySearch;

  constructor(
    private readonly options: DuckDbOptions,
    clock: Clock = systemClock,
    logger?: Pick<LoggerService, 'warn'>,
  ) {
    this.engine = new DuckDbEngine(options);
    this.days = new DaySearch(this.engine, options.cache, clock, logger);
  }

  /** {@inheritDoc ActivitySource.search} */
  async search(
    query: ActivityQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<ActivityResult> {
    return this.find(activityCandidates(query), signal);
  }

  /** {@inheritDoc ActivitySource.searchUses} */
  async searchUses(
    query: UseQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<UseResult> {
    return this.find(useCandidates(query), signal);
  }

  /** {@inheritDoc ActivitySource.probe} */
  async probe(): Promise<{ ok: boolean; words: string }> {
    try {
      const paths = this.options.roots.map(({ path }) => path);
      await Promise.all(paths.map(assertListable));
      const signal = AbortSignal.timeout(10_000);
      await this.engine.query('SELECT 1', {}, signal);
      return {
        ok: true,
        words: `Reads the files below ${paths.map(printable).join(', ')}.`,
      };
    } catch (error) {
      return { ok: false, words: `${reasonOf(error)}.` };
    }
  }

  /** Interrupts what runs and closes DuckDB. */
  async close(): Promise<void> {
    await this.engine.close();
  }

  private async find(
    candidates: Candidates,
    signal: AbortSignal,
  ): Promise<ActivityResult> {
    signal.throwIfAborted();
    const { roots } = this.options;
    const listings = await listLogs(roots, candidates.accountIds, candidates);
    const days = listings.flatMap(listing => listing.days);
    const findings = await this.days.search(days, candidates, signal);
    const problems = listings.flatMap(listing => listing.problems);
    const { most = Infinity, wanted } = candidates;
    const records = findings.records.filter(wanted);
    findings.truncated ||= records.length > most;
    return {
      records: records.slice(0, most),
      coverage: coverageOf(findings, problems, days, candidates),
    };
  }
}

function coverageOf(
  findings: Findings,
  listed: LogProblem[],
  days: LogDay[],
  { to }: Candidates,
): ActivityCoverage {
  const { unreadable, notes } = sentencesOf([...listed, ...findings.problems]);
  const firehose = days.some(({ layout }) => layout === 'firehose');
  return {
    regions: [...findings.regions].sort(),
    dataEvents: findings.dataEvents ? 'seen' : 'not-seen',
    trailRunningAtEnd: findings.reaches(to),
    filesRead: findings.filesRead,
    bytesScanned: findings.bytesScanned,
    unreadable,
    ...(findings.truncated && { truncated: true }),
    ...(notes.length > 0 && { notes }),
    ...(firehose && { blindSpots: [CUT_BY_CLOUDWATCH] }),
  };
}
