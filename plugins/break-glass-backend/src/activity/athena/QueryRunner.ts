import { createHash } from 'crypto';
import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { Clock, orAborted, Wait } from 'backstage-plugin-break-glass-node';
import { AthenaLogConfig } from '../../config/athenaConfig';
import { AthenaCalls } from './AthenaCalls';
import { queryFailure } from './failures';
import { tooManyRows, tooMuchScanned, tooSlow } from './limits';
import { Statement } from './sql/statements';

/** Between looks at a query, in milliseconds: the first, and the longest. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
/** AWS gives no more rows at once. */
const PAGE_ROWS = 1_000;
/** More rows than this are no lease, and no memory for them. */
const MOST_ROWS = 500_000;

/** What a query gave: one text for each column; undefined for NULL. */
export interface QueryRows {
  rows: (string | undefined)[][];
  bytesScanned: number;
  /** Whether pages were left unread, as there were rows enough. */
  truncated: boolean;
}

/**
 * Runs queries: starts each once, looks until it ends, reads every page. Whoever gives
 * up, and whatever costs too much or takes too long, is stopped in AWS, too.
 */
export class QueryRunner {
  /** What still has to be told to AWS. */
  private readonly stopping = new Set<Promise<void>>();

  constructor(
    private readonly deps: { calls: AthenaCalls; clock: Clock; wait: Wait },
  ) {}

  /**
   * @param look - names the look that the query is for: the same query of the same look is started once
   * @param most - once there are more rows, no further page is read; absent: what does not fit into memory fails
   * @throws ServiceUnavailableError `log-source-unavailable`; the signal's reason
   */
  async run(
    log: AthenaLogConfig,
    statement: Statement,
    look: string,
    signal: AbortSignal,
    most?: number,
  ): Promise<QueryRows> {
    const starting = this.start(log, statement, look, signal);
    let ended = false;
    try {
      const id = await orAborted(starting, signal);
      const bytesScanned = await this.untilEnded(log, id, signal);
      ended = true;
      return { ...(await this.rows(log, id, signal, most)), bytesScanned };
    } catch (error) {
      if (!ended) {
        this.stopLater(log, starting);
      }
      throw error;
    }
  }

  /** Resolves when AWS was told of every query that was given up. */
  async settled(): Promise<void> {
    await Promise.all(this.stopping);
  }

  /** A start that was sent is waited for, given up or not: only its answer says what to stop. */
  private async start(
    log: AthenaLogConfig,
    { sql, parameters }: Statement,
    look: string,
    signal: AbortSignal,
  ): Promise<string> {
    const command = new StartQueryExecutionCommand({
      QueryString: sql,
      ExecutionParameters: parameters.length ? parameters : undefined,
      ClientRequestToken: tokenOf(log, { sql, parameters }, look),
      QueryExecutionContext: { Catalog: log.catalog, Database: log.database },
      WorkGroup: log.workgroup,
      // Evidence comes from the logs as they are now.
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: { Enabled: false },
      },
    });
    const { QueryExecutionId } = await this.deps.calls.make(
      log,
      'athena:StartQueryExecution',
      client => client.send(command),
      signal,
    );
    return QueryExecutionId!;
  }

  /** @returns bytes that were scanned */
  private async untilEnded(
    log: AthenaLogConfig,
    id: string,
    signal: AbortSignal,
  ): Promise<number> {
    const { clock, wait } = this.deps;
    const deadline = clock.now() + log.timeoutMs;
    for (
      let pause = FIRST_WAIT_MS;
      ;
      pause = Math.min(2 * pause, LONGEST_WAIT_MS)
    ) {
      await wait(pause, signal);
      const execution = await this.look(log, id, signal);
      const bytes = execution.Statistics?.DataScannedInBytes ?? 0;
      if (bytes > log.maxBytesPerQuery) {
        throw tooMuchScanned(log, id);
      }
      const { State: state, StateChangeReason: reason = '' } =
        execution.Status ?? {};
      if (state === 'SUCCEEDED') {
        return bytes;
      }
      if (state === 'FAILED' || state === 'CANCELLED') {
        throw queryFailure(log, id, state, reason);
      }
      if (clock.now() >= deadline) {
        throw tooSlow(log, id);
      }
    }
  }

  private async look(
    log: AthenaLogConfig,
    id: string,
    signal: AbortSignal,
  ): Promise<QueryExecution> {
    const { QueryExecution: execution } = await this.deps.calls.make(
      log,
      'athena:GetQueryExecution',
      client =>
        client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }), {
          abortSignal: signal,
        }),
      signal,
    );
    return execution ?? {};
  }

  private async rows(
    log: AthenaLogConfig,
    id: string,
    signal: AbortSignal,
    most = Infinity,
  ): Promise<Omit<QueryRows, 'bytesScanned'>> {
    const rows: (string | undefined)[][] = [];
    let token: string | undefined;
    do {
      const command = new GetQueryResultsCommand({
        QueryExecutionId: id,
        MaxResults: PAGE_ROWS,
        NextToken: token,
      });
      const page = await this.deps.calls.make(
        log,
        'athena:GetQueryResults',
        client => client.send(command, { abortSignal: signal }),
        signal,
      );
      // The first row of the first page names the columns.
      const found = (page.ResultSet?.Rows ?? []).slice(token ? 0 : 1);
      found.forEach(({ Data = [] }) =>
        rows.push(Data.map(({ VarCharValue }) => VarCharValue)),
      );
      if (rows.length > most) {
        return { rows, truncated: true };
      }
      if (rows.length > MOST_ROWS) {
        throw tooManyRows(log, id, MOST_ROWS);
      }
      token = page.NextToken;
    } while (token);
    return { rows, truncated: false };
  }

  /** In the background: who gave up does not wait for it, and nothing can be done if it fails. */
  private stopLater(log: AthenaLogConfig, starting: Promise<string>): void {
    const { signal } = new AbortController();
    const stopped = starting
      .then(id =>
        this.deps.calls.make(
          log,
          'athena:StopQueryExecution',
          client =>
            client.send(
              new StopQueryExecutionCommand({ QueryExecutionId: id }),
            ),
          signal,
        ),
      )
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.stopping.delete(stopped));
    this.stopping.add(stopped);
  }
}

/** 64 characters. A repeated start of one look runs once; the next look is another query, which sees late files. */
function tokenOf(
  { accountId, region, workgroup, database }: AthenaLogConfig,
  { sql, parameters }: Statement,
  look: string,
): string {
  const place = [accountId, region, workgroup, database];
  return createHash('sha256')
    .update(JSON.stringify([place, sql, parameters, look]))
    .digest('hex');
}
