import { DuckDBConnection } from '@duckdb/node-api';

/** How long to wait before interrupting again, in milliseconds. */
const AGAIN_AFTER = 50;

/**
 * Interrupts a statement when a signal aborts. An interruption that comes before
 * DuckDB has begun the statement is lost, so it is repeated until it worked.
 */
export class Interruption {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.start, { once: true });
  }

  /** The statement has ended, one way or another. */
  done(): void {
    this.signal.removeEventListener('abort', this.start);
    clearInterval(this.timer);
  }

  private readonly start = () => {
    this.connection.interrupt();
    this.timer = setInterval(() => this.connection.interrupt(), AGAIN_AFTER);
  };
}
