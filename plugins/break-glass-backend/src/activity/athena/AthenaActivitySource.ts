import { randomUUID } from 'crypto';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  accountIdSchema,
  Partition,
} from 'backstage-plugin-break-glass-common';
import {
  ActivityCoverage,
  ActivityQuery,
  ActivityResult,
  ActivitySource,
  Clock,
  isCandidate,
  isUse,
  RawCloudTrailRecord,
  UseQuery,
  UseResult,
  Wait,
  waitWithTimer,
} from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { inputError } from '../../errors';
import { AthenaCalls } from './AthenaCalls';
import { AthenaClients } from './AthenaClients';
import { coverageOf, mergedCoverage, notCovered } from './coverage';
import { probe } from './probe';
import { QueryRunner } from './QueryRunner';
import { Extent } from './sql/partitionCondition';
import {
  activityStatement,
  coverageStatement,
  Statement,
  useStatement,
} from './sql/statements';
import { TableShape } from './TableShape';
import { TableShapes } from './TableShapes';
import { toRecord } from './toRecord';
import { together } from './together';

/** What the source needs; the optional parts are for tests. */
export interface AthenaDependencies {
  logs: AthenaLogConfig[];
  /** Supplies credentials by account. */
  credentials: AwsCredentialsManager;
  clock: Clock;
  wait?: Wait;
  /** From 0 to 1; spreads repeated calls. */
  random?: () => number;
  /** Names a look, another one at each call. */
  newLook?: () => string;
}

/** One search under way. */
interface Look {
  extent: Extent;
  statement(log: AthenaLogConfig, shape: TableShape): Statement;
  /** No more are wanted; absent: as many as there are. */
  most?: number;
  /** Of what the statement selects. */
  wanted(record: RawCloudTrailRecord): boolean;
  name: string;
  signal: AbortSignal;
}

/** Several logs together may hold more than is wanted. */
const CUT: ActivityCoverage = { ...notCovered([]), truncated: true };

interface Found {
  records: RawCloudTrailRecord[];
  coverage: ActivityCoverage;
  bytesScanned: number;
}

/**
 * Finds CloudTrail records in tables of Athena: of an organization's trail, or of a
 * Firehose stream, in one or several accounts and regions. Reads only the partitions
 * of the accounts and days that are asked for.
 */
export class AthenaActivitySource implements ActivitySource {
  readonly id = 'athena';
  readonly title = 'CloudTrail logs in Athena';
  private readonly clients: AthenaClients;
  private readonly calls: AthenaCalls;
  private readonly runner: QueryRunner;
  private readonly shapes: TableShapes;

  constructor(private readonly deps: AthenaDependencies) {
    const wait = deps.wait ?? waitWithTimer;
    this.clients = new AthenaClients(deps.credentials, deps.clock);
    this.calls = new AthenaCalls({
      clients: this.clients,
      wait,
      random: deps.random ?? Math.random,
    });
    this.runner = new QueryRunner({
      calls: this.calls,
      clock: deps.clock,
      wait,
    });
    this.shapes = new TableShapes(this.calls, deps.clock);
  }

  /** {@inheritDoc ActivitySource.search} */
  async search(
    query: ActivityQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<ActivityResult> {
    return this.find(query.partition, {
      extent: { ...query, accountIds: [query.accountId] },
      statement: (log, shape) => activityStatement(log, shape, query),
      wanted: record => isCandidate(record, query),
      most: query.maxRecords,
      name: this.newLook(),
      signal,
    });
  }

  /** {@inheritDoc ActivitySource.searchUses} */
  async searchUses(
    query: UseQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<UseResult> {
    return this.find(query.partition, {
      extent: query,
      statement: (log, shape) => useStatement(log, shape, query),
      wanted: record => isUse(record, query),
      name: this.newLook(),
      signal,
    });
  }

  /** {@inheritDoc ActivitySource.probe} */
  async probe(): Promise<{ ok: boolean; words: string }> {
    return probe(this.deps.logs, this.calls, this.shapes);
  }

  /** Resolves when AWS was told of every query that was given up. */
  async settled(): Promise<void> {
    await this.runner.settled();
  }

  /** Closes the connections. */
  close(): void {
    this.clients.close();
  }

  /** Asks every log that holds one of the accounts. One that fails fails all: evidence with a hole is none. */
  private async find(
    partition: Partition,
    look: Look,
  ): Promise<ActivityResult> {
    look.signal.throwIfAborted();
    const { accountIds } = look.extent;
    if (accountIds.some(id => !accountIdSchema.safeParse(id).success)) {
      throw inputError('invalid-input', 'An account id must be 12 digits.');
    }
    const asked = this.deps.logs.flatMap(log => {
      const held = heldBy(log, partition, accountIds);
      return held.length ? [{ log, accountIds: held }] : [];
    });
    const covered = new Set(asked.flatMap(each => each.accountIds));
    const found = await together(look.signal, signal =>
      asked.map(each =>
        this.findIn(each.log, {
          ...look,
          signal,
          extent: { ...look.extent, accountIds: each.accountIds },
        }),
      ),
    );
    const records = found.flatMap(each => each.records);
    return {
      records: records.slice(0, look.most),
      coverage: mergedCoverage(
        [
          ...(records.length > (look.most ?? Infinity) ? [CUT] : []),
          ...found.map(({ coverage }) => coverage),
          notCovered(accountIds.filter(id => !covered.has(id))),
        ],
        found.reduce((sum, { bytesScanned }) => sum + bytesScanned, 0),
      ),
    };
  }

  private async findIn(log: AthenaLogConfig, look: Look): Promise<Found> {
    const { extent, name, wanted, most } = look;
    const shape = await this.shapes.usable(log, look.signal);
    const [found, delivered] = await together(look.signal, signal => [
      this.runner.run(log, look.statement(log, shape), name, signal, most),
      this.runner.run(log, coverageStatement(log, shape, extent), name, signal),
    ]);
    return {
      records: found.rows
        .map(row => toRecord(shape.columns, row))
        .filter(wanted),
      coverage: {
        ...coverageOf(delivered, log, shape, extent),
        ...(found.truncated && { truncated: true }),
      },
      bytesScanned: found.bytesScanned + delivered.bytesScanned,
    };
  }

  private newLook(): string {
    return (this.deps.newLook ?? randomUUID)();
  }
}

function heldBy(
  log: AthenaLogConfig,
  partition: Partition,
  accountIds: readonly string[],
): string[] {
  const { accounts } = log;
  return log.partition === partition
    ? accountIds.filter(id => accounts?.includes(id) ?? true)
    : [];
}
