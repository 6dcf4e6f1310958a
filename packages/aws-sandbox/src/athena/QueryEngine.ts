import { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { AthenaTable, PartitionedFile } from './AthenaTable';
import { athenaText, athenaType } from './athenaText';
import { checkSelect, TRINO_MACROS } from './checkSelect';
import { interruptible, openDuckDb } from './hardenedDuckDb';
import { failureOf, QueryFailure, syntaxError } from './QueryFailure';
import { readableFiles } from './readableFiles';
import { recordView } from './recordView';
import { matchedFiles, tableReferences, TableReference } from './scanPlan';
import { literal, LiteralValue, parseLiteral, quoted } from './sqlLiterals';
import { refuseForeignNotation, tokensOf } from './sqlTokens';
import { parseSelect, SqlNode } from './sqlTree';

/** A query with everything that decides what it reads. */
export interface Query {
  sql: string;
  /** SQL literals. */
  parameters: string[];
  catalog: string;
  database?: string;
  /** In bytes. */
  cutoff?: number;
  /** Finds a table. */
  findTable(database: string, name: string): AthenaTable | undefined;
  /** The files of a table as they are now. */
  filesOf(table: AthenaTable): Promise<PartitionedFile[]>;
  /** Why the caller may not read a table, in the words of IAM. */
  refusal(database: string, table: AthenaTable): string | undefined;
}

/** What a query gave. */
export interface QueryOutcome {
  columns: { name: string; type: string }[];
  rows: (string | undefined)[][];
  scannedBytes: number;
}

interface Scan {
  reference: TableReference;
  database: string;
  table: AthenaTable;
  files: PartitionedFile[];
}

/** Runs queries on an embedded DuckDB over the files in the log folder. */
export class QueryEngine {
  constructor(private readonly root: string) {}

  /**
   * Runs one query; an aborted signal interrupts it.
   * @throws QueryFailure with Athena's reason
   */
  async run(query: Query, signal: AbortSignal): Promise<QueryOutcome> {
    const duckDb = await openDuckDb(this.root);
    const scanned = { bytes: 0 };
    try {
      return await interruptible(duckDb.connection, signal, async () => {
        const { select, values } = await prepare(duckDb.connection, query);
        const scans = await plan(duckDb.connection, query, select, values);
        scanned.bytes = bytesOf(scans);
        refuseOverCutoff(query, scanned.bytes);
        await makeTables(duckDb.connection, query, scans);
        await duckDb.lock();
        const result = await execute(duckDb.connection, query, select, values);
        return { ...result, scannedBytes: scanned.bytes };
      });
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, this.root, scanned.bytes);
    } finally {
      duckDb.close();
    }
  }
}

async function prepare(connection: DuckDBConnection, query: Query) {
  const tokens = tokensOf(query.sql);
  refuseForeignNotation(tokens);
  const wanted = tokens.filter(token => token === '?').length;
  if (wanted !== query.parameters.length) {
    throw new QueryFailure(
      `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected ${wanted} but found ${query.parameters.length}`,
    );
  }
  const values = query.parameters.map(parameter => {
    const value = parseLiteral(parameter);
    if (!value) {
      throw syntaxError(
        'line 1:1: an execution parameter is not a literal; texts need single quotes',
      );
    }
    return value;
  });
  const select = await parseSelect(connection, query.sql);
  checkSelect(select);
  return { select, values };
}

function resolve(query: Query, reference: TableReference) {
  const database = (reference.database ?? query.database)?.toLowerCase();
  if (!database) {
    throw syntaxError(
      'line 1:1: Schema must be specified when session schema is not set',
    );
  }
  const catalog = (reference.catalog ?? query.catalog).toLowerCase();
  const table =
    catalog === query.catalog.toLowerCase()
      ? query.findTable(database, reference.table)
      : undefined;
  if (!table) {
    throw new QueryFailure(
      `TABLE_NOT_FOUND: line 1:1: Table '${catalog}.${database}.${reference.table.toLowerCase()}' does not exist`,
    );
  }
  const refusal = query.refusal(database, table);
  if (refusal) {
    throw new QueryFailure(
      `Insufficient permissions to execute the query. ${refusal}`,
    );
  }
  return { database, table };
}

async function plan(
  connection: DuckDBConnection,
  query: Query,
  select: SqlNode,
  values: LiteralValue[],
): Promise<Scan[]> {
  const scans: Scan[] = [];
  for (const reference of tableReferences(select)) {
    const { database, table } = resolve(query, reference);
    const all = await query.filesOf(table);
    const files = await matchedFiles(
      connection,
      reference,
      table.partitions,
      all,
      values,
    );
    scans.push({ reference, database, table, files });
  }
  return scans;
}

function bytesOf(scans: Scan[]): number {
  const files = scans.flatMap(scan => scan.files);
  return files.reduce((sum, file) => sum + file.size, 0);
}

function refuseOverCutoff({ cutoff }: Query, bytes: number): void {
  if (cutoff !== undefined && bytes > cutoff) {
    throw new QueryFailure(
      'Query cancelled! : Bytes scanned limit was exceeded',
      'CANCELLED',
      cutoff,
    );
  }
}

/** Puts a view for each table where the query looks for it. */
async function makeTables(
  connection: DuckDBConnection,
  { catalog, database }: Query,
  scans: Scan[],
): Promise<void> {
  for (const macro of TRINO_MACROS) await connection.run(macro);
  await connection.run(`ATTACH ':memory:' AS ${quoted(catalog)}`);
  const schema = (name: string) => `${quoted(catalog)}.${quoted(name)}`;
  const databases = new Set(scans.map(scan => scan.database));
  if (database) databases.add(database.toLowerCase());
  for (const name of databases) {
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${schema(name)}`);
  }
  const tables = new Map<AthenaTable, Scan[]>();
  for (const scan of scans) {
    tables.set(scan.table, [...(tables.get(scan.table) ?? []), scan]);
  }
  for (const [table, same] of tables) {
    const files = new Map(
      same.flatMap(scan => scan.files).map(file => [file.path, file]),
    );
    const { layout } = table.seed;
    const view = recordView(
      layout,
      table.columns,
      table.partitions,
      await readableFiles([...files.values()]),
    );
    const name = `${schema(same[0].database)}.${quoted(table.name)}`;
    await connection.run(`CREATE VIEW ${name} AS ${view}`);
  }
  const home = database?.toLowerCase() ?? 'main';
  await connection.run(
    `SET search_path = ${literal(
      `${quoted(catalog)}.${quoted(home)},memory.main`,
    )}`,
  );
}

/** The names that Athena gives to columns: an expression without a name is `_col0`. */
function columnNames(select: SqlNode, found: string[]): string[] {
  const items = (select.select_list ?? []) as SqlNode[];
  const plain = items.every(item => item.class !== 'STAR');
  return found.map((name, at) => {
    const item = plain ? items[at] : undefined;
    const unnamed = item && !item.alias && item.class !== 'COLUMN_REF';
    return unnamed ? `_col${at}` : name.toLowerCase();
  });
}

async function execute(
  connection: DuckDBConnection,
  query: Query,
  select: SqlNode,
  values: LiteralValue[],
) {
  const bound = values.map(({ value }) => value as DuckDBValue);
  const reader = await connection.runAndReadAll(query.sql, bound);
  const types = reader.columnTypes();
  const columns = columnNames(select, reader.columnNames()).map((name, at) => ({
    name,
    type: athenaType(types[at]),
  }));
  const rows = reader.getRows().map(row => row.map(athenaText));
  return { columns, rows };
}
