import { QueryFailure } from './QueryFailure';
import { QueryOutcome } from './QueryEngine';

/**
 * How long an answer about a query waits for it, in milliseconds of real time: a client whose own clock is not the real one
 * would otherwise ask as often as it can.
 */
const MAX_WAIT_MS = 10_000;
/** How many executions keep their rows. */
const MAX_KEPT = 200;

/** What was asked, as it is shown again. */
export interface QueryRequest {
  sql: string;
  parameters: string[];
  catalog: string;
  database?: string;
  workGroup: string;
  outputLocation: string;
}

/** States of a query, as Athena names them. */
export type QueryState =
  | 'QUEUED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED';

/** When a query changes its state, in milliseconds of the sandbox's clock. */
export interface Schedule {
  submittedAt: number;
  runsAt: number;
  endsAt: number;
}

/** One query from its start to its result. */
export class QueryExecution {
  outcome?: QueryOutcome;
  failure?: QueryFailure;
  /** When it was known to have ended. */
  endedAt?: number;
  private readonly abort = new AbortController();
  private readonly done: Promise<void>;

  constructor(
    readonly id: string,
    readonly accountId: string,
    readonly region: string,
    readonly request: QueryRequest,
    private readonly schedule: Schedule,
    run: (signal: AbortSignal) => Promise<QueryOutcome>,
  ) {
    this.done = run(this.abort.signal).then(
      outcome => {
        this.outcome = outcome;
      },
      error => {
        this.failure ??=
          error instanceof QueryFailure
            ? error
            : new QueryFailure('GENERIC_INTERNAL_ERROR: unexpected failure');
      },
    );
  }

  get submittedAt(): number {
    return this.schedule.submittedAt;
  }

  /** Ends a query that has not ended; one that has stays as it is. */
  cancel(now: number, reason: string): void {
    if (this.endedAt !== undefined) return;
    this.failure = new QueryFailure(reason, 'CANCELLED');
    this.outcome = undefined;
    this.endedAt = now;
    this.abort.abort(new Error(reason));
  }

  /** Interrupts what runs, and waits for it. */
  async close(): Promise<void> {
    this.abort.abort(new Error('the sandbox stops'));
    await this.done;
  }

  /** The state now. Waits a moment for a query that should have ended by the clock. */
  async state(now: number): Promise<QueryState> {
    const { runsAt, endsAt } = this.schedule;
    if (this.endedAt === undefined) {
      if (now < runsAt) return 'QUEUED';
      if (now < endsAt) return 'RUNNING';
      await this.settled();
    }
    if (this.failure) {
      this.endedAt ??= now;
      return this.failure.state;
    }
    if (!this.outcome) return 'RUNNING';
    this.endedAt ??= now;
    return 'SUCCEEDED';
  }

  private async settled(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, MAX_WAIT_MS);
    });
    await Promise.race([this.done, patience]);
    clearTimeout(timer);
  }
}

/** The queries of one sandbox; the oldest are forgotten. */
export class QueryExecutions {
  private readonly byId = new Map<string, QueryExecution>();
  private readonly byToken = new Map<string, { text: string; id: string }>();

  /** The query of this id in an account and region. */
  find(
    id: string,
    accountId: string,
    region: string,
  ): QueryExecution | undefined {
    const found = this.byId.get(id);
    const own = found?.accountId === accountId && found.region === region;
    return own ? found : undefined;
  }

  /**
   * The id of the query that this token started, if the request is the same.
   * @returns `other` where the token belongs to another request
   */
  repeated(
    token: string,
    request: QueryRequest,
  ): { id: string } | 'other' | undefined {
    const known = this.byToken.get(token);
    if (!known) return undefined;
    const same = known.text === JSON.stringify(request);
    return same ? { id: known.id } : 'other';
  }

  /** Keeps a query under the token that started it. */
  add(token: string, execution: QueryExecution): void {
    const text = JSON.stringify(execution.request);
    this.byToken.set(token, { text, id: execution.id });
    this.byId.set(execution.id, execution);
    if (this.byId.size > MAX_KEPT) {
      const [oldest] = this.byId.keys();
      this.byId.delete(oldest);
    }
  }

  /** Interrupts everything that runs. */
  async close(): Promise<void> {
    await Promise.all([...this.byId.values()].map(query => query.close()));
  }
}
