import { InputError } from '@backstage/errors';
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
  UseQuery,
  UseResult,
} from 'backstage-plugin-break-glass-node';
import { unknownPartition } from './accountProblem';
import { AwsClients } from './AwsClients';
import { blindSpots, oldestKept } from './blindSpots';
import { isCandidate } from './candidates';
import { Attribute, EventHistory } from './EventHistory';
import { probe } from './probe';
import { ReaderCredentials } from './ReaderCredentials';
import { EventHistoryOptions, PartitionOptions } from './readOptions';
import { searchAccount } from './searchAccount';
import { searchUses } from './searchUses';
import { Wait, waitWithTimer } from './wait';

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
    { signal }: { signal: AbortSignal },
  ): Promise<ActivityResult> {
    const { regions, from, now } = this.begin(query, [query.accountId], signal);
    const spots = blindSpots({ regions, from: query.from, now });
    if (from >= query.to) {
      return nothing(spots);
    }
    const findings = await searchAccount(
      this.history,
      query,
      regions,
      {
        attributes: lookupsOf(query),
        from,
        to: query.to,
        now,
        wanted: record => isCandidate(record, query),
      },
      signal,
    );
    return {
      records: findings.records,
      coverage: {
        regions: findings.regions,
        dataEvents: 'unknown',
        trailRunningAtEnd: findings.runningAtEnd,
        unreadable: findings.unreadable,
        blindSpots: spots,
      },
    };
  }

  /** {@inheritDoc ActivitySource.searchUses} */
  async searchUses(
    query: UseQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<UseResult> {
    const { regions, from, now } = this.begin(query, query.accountIds, signal);
    const spots = blindSpots({ regions, from: query.from, now });
    if (from >= query.to) {
      return nothing(spots);
    }
    const findings = await searchUses(
      this.history,
      { ...query, from },
      { regions, now },
      signal,
    );
    return {
      records: findings.records,
      coverage: {
        regions: findings.regions,
        dataEvents: 'unknown',
        trailRunningAtEnd: findings.runningAtEnd,
        unreadable: findings.unreadable,
        blindSpots: spots,
      },
    };
  }

  /** {@inheritDoc ActivitySource.probe} */
  async probe(): Promise<{ ok: boolean; words: string }> {
    return probe(this.history, this.deps.options, this.deps.clock);
  }

  /** Closes the connections. */
  close(): void {
    this.clients.close();
  }

  /** Checks a query before anything is asked of AWS. */
  private begin(
    query: { partition: Partition; from: number },
    accountIds: string[],
    signal: AbortSignal,
  ): { regions: string[]; from: number; now: number } {
    signal.throwIfAborted();
    if (accountIds.some(id => !accountIdSchema.safeParse(id).success)) {
      throw new InputError('An account id must be 12 digits');
    }
    const { regions } = this.partition(query.partition);
    const now = this.deps.clock.now();
    return { regions, now, from: Math.max(query.from, oldestKept(now)) };
  }

  private partition(name: Partition): PartitionOptions {
    const partition = this.deps.options.partitions[name];
    if (!partition) {
      throw unknownPartition(name);
    }
    return partition;
  }
}

/**
 * The caller's name finds calls, but no AssumeRole of the session: that is found
 * by the role, which it names among its resources.
 */
function lookupsOf(query: ActivityQuery): Attribute[] {
  const lookups: Attribute[] = [
    { key: 'Username', value: query.sessionName },
    { key: 'ResourceName', value: query.roleArn },
    ...query.accessKeyIds.map(value => ({
      key: 'AccessKeyId' as const,
      value,
    })),
  ];
  return lookups.filter(({ value }) => value !== '');
}

function nothing(spots: string[]): ActivityResult {
  return {
    records: [],
    coverage: {
      regions: [],
      dataEvents: 'unknown',
      trailRunningAtEnd: false,
      unreadable: [],
      blindSpots: spots,
    },
  };
}
