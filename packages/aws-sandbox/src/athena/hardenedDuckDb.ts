import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { literal } from './sqlLiterals';

/** How long to wait before interrupting again, in milliseconds of real time. */
const AGAIN_AFTER_MS = 50;

/** An embedded DuckDB for one query. */
export interface OneQueryDuckDb {
  connection: DuckDBConnection;
  /** From now on only files below the log folder can be read, and no statement can change that. */
  lock(): Promise<void>;
  close(): void;
}

/**
 * Opens a DuckDB that fetches and loads no extension.
 * @param root - the folder of the logs
 */
export async function openDuckDb(root: string): Promise<OneQueryDuckDb> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Trino divides whole numbers without a remainder.
    integer_division: 'true',
    memory_limit: '1GB',
    temp_directory: '',
    threads: '2',
  });
  const connection = await instance.connect();
  return {
    connection,
    lock: async () => {
      await connection.run(
        `SET allowed_directories = [${literal(`${root}/`)}]`,
      );
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * Runs something that an aborted signal interrupts. An interruption that comes before
 * DuckDB has begun a statement is lost, so it is repeated until it worked.
 */
export async function interruptible<T>(
  connection: DuckDBConnection,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), AGAIN_AFTER_MS);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    signal.throwIfAborted();
    return await run();
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearInterval(timer);
  }
}
