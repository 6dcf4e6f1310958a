import { setMaxListeners } from 'events';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  accountIdSchema,
  Partition,
} from 'backstage-plugin-break-glass-common';
import {
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  Clock,
  isCandidate,
  UseQuery,
  UseResult,
  Wait,
  waitWithTimer,
} from 'backstage-plugin-break-glass-node';
import { unknownPartition } from './accountProblem';
import { AwsClients } from './AwsClients';
import { blindSpots, oldestKept } from './blindSpots';
import { candidateLookups } from './candidateLookups';
import { EventHistory } from './EventHistory';
import { probe } from './probe';
import { ReaderCredentials } from './ReaderCredentials';
import { EventHistoryOptions } from './readOptions';
import { AccountFindings, searchAccount } from './searchAccount';
import { searchUses } from './searchUses';

/** What the source needs; the optional parts are for tests. */
export interface EventHistoryDependencies {
  options: EventHistoryOptions;
  /** Supplies the brokers' own credentials. */
  credentials: AwsCredentialsManager;
  clock: Clock;
  wait?: Wait;
  /** From 0 to 1; spreads repeated calls. */
  random?: () => number;
}

/** Where all that was asked for is gone. */
const NOTHING: AccountFindings = {
  records: [],
  regions: [],
  runningAtEnd: false,
  unreadable: [],
};

/**
 * Finds CloudTrail records in the event history that every account has without
 * any set-up, one account and region after the other, through a role that may do
 * nothing else.
 */
export class EventHistoryActivitySource implements ActivitySource {
  readonly id = 'cloudtrail';
  readonly title = "CloudTrail's event history";
  private readonly clients: AwsClients;
  private readonly history: EventHistory;
  private readonly closing = new AbortController();

  constructor(private readonly deps: EventHistoryDependencies) {
    const { options, clock, credentials: manager } = deps;
    this.clients = new AwsClients(clock);
    this.history = new EventHistory({
      options,
      clock,
      clients: this.clients,
      credentials: new ReaderCredentials({
        options,
        clock,
        manager,
        clients: this.clients,
      }),
      wait: deps.wait ?? waitWithTimer,
      random: deps.random ?? Math.random,
    });
  }

  /** {@inheritDoc ActivitySource.search} */
  async search(
    query: ActivityQuery,
    options: { signal: AbortSignal },
  ): Promise<ActivityResult> {
    const look = this.begin(query, [query.accountId], options.signal);
    const { regions, from, now, signal } = look;
    if (from >= query.to) {
      return resultOf(NOTHING, look);
    }
    const findings = await searchAccount(
      this.history,
      query,
      regions,
      {
        attributes: candidateLookups(query),
        from,
        to: query.to,
        now,
        wanted: record => isCandidate(record, query),
      },
      signal,
    );
    return resultOf(findings, look, query.maxRecords);
  }

  /** {@inheritDoc ActivitySource.searchUses} */
  async searchUses(
    query: UseQuery,
    options: { signal: AbortSignal },
  ): Promise<UseResult> {
    const look = this.begin(query, query.accountIds, options.signal);
    const { from, signal } = look;
    if (from >= query.to) {
      return resultOf(NOTHING, look);
    }
    const findings = await searchUses(
      this.history,
      { ...query, from },
      look,
      signal,
    );
    return resultOf(findings, look);
  }

  /** {@inheritDoc ActivitySource.probe} */
  async probe(): Promise<{ ok: boolean; words: string }> {
    return probe(this.history, this.deps.options, this.deps.clock);
  }

  /** Stops what runs, and closes the connections. */
  close(): void {
    this.closing.abort(
      new ServiceUnavailableError(
        'The event history is not read any more: the backend is shutting down.',
      ),
    );
    this.clients.close();
  }

  /** Checks a query before anything is asked of AWS. */
  private begin(
    query: { partition: Partition; from: number },
    accountIds: string[],
    given: AbortSignal,
  ): Look {
    const signal = AbortSignal.any([given, this.closing.signal]);
    // Regions and accounts listen side by side: many listeners are no leak here.
    setMaxListeners(0, signal);
    signal.throwIfAborted();
    if (accountIds.some(id => !accountIdSchema.safeParse(id).success)) {
      throw new InputError('An account id must be 12 digits');
    }
    const partition = this.deps.options.partitions[query.partition];
    if (!partition) {
      throw unknownPartition(query.partition);
    }
    const { regions } = partition;
    const now = this.deps.clock.now();
    return {
      regions,
      now,
      signal,
      from: Math.max(query.from, oldestKept(now)),
      blindSpots: blindSpots({ regions, from: query.from, now }),
    };
  }
}

/** A search that was found possible. */
interface Look {
  regions: string[];
  /** Epoch milliseconds. */
  now: number;
  /** Start of what is asked for and still there; epoch milliseconds. */
  from: number;
  /** Aborts with the caller's, or when the source is closed. */
  signal: AbortSignal;
  blindSpots: string[];
}

/** Data events are never in the event history, so that nothing says whether there were any. */
function resultOf(
  findings: AccountFindings,
  look: Look,
  most = Infinity,
): ActivityResult {
  const { records, regions, runningAtEnd, unreadable } = findings;
  return {
    records: records.slice(0, most),
    coverage: {
      regions,
      dataEvents: 'unknown',
      trailRunningAtEnd: runningAtEnd,
      unreadable,
      blindSpots: look.blindSpots,
      ...(records.length > most && { truncated: true }),
    },
  };
}
