import { ServiceUnavailableError } from '@backstage/errors';
import {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBType,
  DuckDBValue,
  LIST,
  VARCHAR,
} from '@duckdb/node-api';
import { redactedRecordFunction } from './cache/redactedRecord';
import { Interruption } from './Interruption';
import { DuckDbOptions } from './readOptions';

/** Statements that run at the same time, over all searches. */
const CONNECTIONS = 2;

/**
 * An embedded DuckDB that reaches files below its folders and nothing else: no
 * extension is fetched or loaded, no other file is opened, and no statement can
 * change that. Opened at first use, closed once.
 */
export class DuckDbEngine {
  private opening?: Promise<Opened>;
  private readonly closing = new AbortController();

  constructor(private readonly options: DuckDbOptions) {}

  /**
   * Runs a query with bound values on the next free connection. An aborted
   * signal interrupts it.
   * @throws ServiceUnavailableError where DuckDB cannot be opened, or was closed.
   */
  async query(
    sql: string,
    values: Record<string, DuckDBValue>,
    signal: AbortSignal,
  ): Promise<Array<Record<string, unknown>>> {
    return this.run(
      sql,
      values,
      AbortSignal.any([signal, this.closing.signal]),
    );
  }

  /** Interrupts what runs and gives the memory back. Can be repeated. */
  async close(): Promise<void> {
    this.closing.abort(
      new ServiceUnavailableError('The log reader is shutting down'),
    );
    const opened = await this.opening?.catch(() => undefined);
    this.opening = undefined;
    await opened?.close();
  }

  private async run(
    sql: string,
    values: Record<string, DuckDBValue>,
    signal: AbortSignal,
  ): Promise<Array<Record<string, unknown>>> {
    signal.throwIfAborted();
    const opened = await this.open();
    const connection = await opened.acquire();
    const interruption = new Interruption(connection, signal);
    try {
      signal.throwIfAborted();
      const types = typesOf(values);
      const result = await connection.runAndReadAll(sql, values, types);
      return result.getRowObjectsJS() as Array<Record<string, unknown>>;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      interruption.done();
      opened.release(connection);
    }
  }

  private async open(): Promise<Opened> {
    this.opening ??= openHardened(this.options);
    try {
      return await this.opening;
    } catch (error) {
      this.opening = undefined;
      throw new ServiceUnavailableError(
        `DuckDB could not be opened: ${(error as Error).message}`,
      );
    }
  }
}

/** A few connections, handed out one caller at a time. */
class Opened {
  private readonly free: DuckDBConnection[];
  private readonly waiting: Array<(connection: DuckDBConnection) => void> = [];

  constructor(
    private readonly instance: DuckDBInstance,
    private readonly connections: DuckDBConnection[],
  ) {
    this.free = [...connections];
  }

  async acquire(): Promise<DuckDBConnection> {
    const connection = this.free.pop();
    return connection ?? new Promise(resolve => this.waiting.push(resolve));
  }

  release(connection: DuckDBConnection): void {
    const next = this.waiting.shift();
    if (next) {
      next(connection);
    } else {
      this.free.push(connection);
    }
  }

  /** Waits until every connection came back, and closes. */
  async close(): Promise<void> {
    await Promise.all(this.connections.map(() => this.acquire()));
    this.connections.forEach(connection => connection.closeSync());
    this.instance.closeSync();
  }
}

async function openHardened(options: DuckDbOptions): Promise<Opened> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: options.memoryLimit,
    temp_directory: '',
    threads: String(CONNECTIONS),
  });
  const connections: DuckDBConnection[] = [];
  for (let count = 0; count < CONNECTIONS; count++) {
    connections.push(await instance.connect());
  }
  connections[0].registerScalarFunction(redactedRecordFunction());
  // Records in the order of their files cost memory, and nobody reads them so.
  await connections[0].run('SET preserve_insertion_order = false');
  // Settings take no bound values. The folders are the operator's, not a person's.
  const folders = foldersOf(options).map(
    folder => `'${`${folder}/`.replaceAll("'", "''")}'`,
  );
  await connections[0].run(`SET allowed_directories = [${folders.join(', ')}]`);
  await connections[0].run('SET enable_external_access = false');
  await connections[0].run('SET lock_configuration = true');
  return new Opened(instance, connections);
}

/** Lists are of texts; of an empty one DuckDB could not tell. */
function typesOf(
  values: Record<string, DuckDBValue>,
): Record<string, DuckDBType> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value instanceof DuckDBListValue)
      .map(([name]) => [name, LIST(VARCHAR)]),
  );
}

/** Every folder that DuckDB may reach. */
function foldersOf({ roots, cache }: DuckDbOptions): string[] {
  return [...roots.map(({ path }) => path), ...(cache ? [cache.path] : [])];
}
