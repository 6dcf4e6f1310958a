import { isError } from '@backstage/errors';
import {
  ActivityCoverage,
  ActivityQuery,
  ActivitySource,
  orAborted,
  RawCloudTrailRecord,
} from 'backstage-plugin-break-glass-node';
import { setImmediate as othersTurn } from 'timers/promises';
import { CloudTrailRecord } from './cloudTrailRecord';
import { redact } from './redact';

/** Records that are taken without a break. */
const REDACT_BATCH = 500;

/** What one look asks of the source, and what comes of it. */
export class LookSearch {
  /** Without secrets. */
  readonly records: CloudTrailRecord[] = [];
  readonly coverages: ActivityCoverage[] = [];
  /** Accounts that have no log. */
  readonly unlogged = new Set<string>();
  /** Accounts, other than the lease's, whose logs cannot be read now. */
  readonly closed = new Set<string>();
  /** Whether there are more records than one look reads. */
  isCut = false;
  private readonly askedUpTo = new Map<string, number>();

  constructor(
    private readonly source: ActivitySource,
    private readonly lease: { accountId: string },
    private readonly signal: AbortSignal,
    private readonly maxRecords: number,
  ) {}

  /** Whether a query was asked for all of its time. */
  isAsked(query: ActivityQuery): boolean {
    return (this.askedUpTo.get(nameOf(query)) ?? -Infinity) >= query.to;
  }

  /**
   * Asks the source, unless there are records enough.
   * @throws ServiceUnavailableError where the logs cannot be reached, or the signal's reason.
   */
  async ask(query: ActivityQuery): Promise<void> {
    this.askedUpTo.set(nameOf(query), query.to);
    if (this.isCut) {
      return;
    }
    const maxRecords = this.maxRecords - this.records.length;
    const { records, coverage } = await orAborted(
      this.source.search({ ...query, maxRecords }, { signal: this.signal }),
      this.signal,
    );
    // A module may not know the limit.
    this.isCut = coverage.truncated === true || records.length > maxRecords;
    records.length = Math.min(records.length, maxRecords);
    await this.take(records);
    this.coverages.push(coverage);
    if (isEmpty(coverage)) {
      this.unlogged.add(query.accountId);
    }
  }

  /**
   * Asks for what was done through a role that was assumed from a session. Another
   * account's logs that cannot be read keep nobody from reading the lease's own:
   * the account is {@link LookSearch.closed} then, and asked no more.
   */
  async askOnward(query: ActivityQuery): Promise<void> {
    const { accountId } = query;
    if (this.closed.has(accountId)) {
      this.askedUpTo.set(nameOf(query), query.to);
      return;
    }
    try {
      await this.ask(query);
    } catch (error) {
      this.signal.throwIfAborted();
      if (accountId === this.lease.accountId || !isUnavailable(error)) {
        throw error;
      }
      this.closed.add(accountId);
    }
  }

  /**
   * Copies without secrets, and lets go of each original. Many take seconds: others
   * get their turn meanwhile.
   */
  private async take(raw: RawCloudTrailRecord[]): Promise<void> {
    raw.reverse();
    for (let record = raw.pop(); record; record = raw.pop()) {
      this.records.push(redact(record));
      if (this.records.length % REDACT_BATCH === 0) {
        await othersTurn();
      }
    }
  }
}

function nameOf({ roleArn, sessionName }: ActivityQuery): string {
  return `${roleArn} ${sessionName}`;
}

/** Whether there was nothing to search: another thing than nothing found. */
function isEmpty({ filesRead, regions }: ActivityCoverage): boolean {
  return filesRead === undefined ? regions.length === 0 : filesRead === 0;
}

/** By name: a module may bring its own copy of the class. */
function isUnavailable(error: unknown): boolean {
  return isError(error) && error.name === 'ServiceUnavailableError';
}
