import { DuckDBConnection } from '@duckdb/node-api';
import { QueryFailure, syntaxError } from './QueryFailure';

/** A node of a query as DuckDB's parser gives it (`json_serialize_sql`). */
export type SqlNode = { [key: string]: unknown };

interface Serialized {
  error: boolean;
  error_type?: string;
  error_message?: string;
  statements?: { node: SqlNode }[];
}

const isNode = (value: unknown): value is SqlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The nodes directly below one, with the key under which they are. */
export function childrenOf(node: SqlNode): [key: string, child: SqlNode][] {
  return Object.entries(node).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter(isNode)
      .map((child): [string, SqlNode] => [key, child]),
  );
}

/** A node and everything below it. */
export function* nodesIn(node: SqlNode): Generator<SqlNode> {
  yield node;
  for (const [, child] of childrenOf(node)) yield* nodesIn(child);
}

/**
 * Parses one SELECT.
 * @throws QueryFailure `SYNTAX_ERROR`
 */
export async function parseSelect(
  connection: DuckDBConnection,
  sql: string,
): Promise<SqlNode> {
  const reader = await connection.runAndReadAll(
    'SELECT json_serialize_sql(?::VARCHAR)::VARCHAR',
    [sql],
  );
  const parsed = JSON.parse(String(reader.getRows()[0][0])) as Serialized;
  if (parsed.error || !parsed.statements) {
    throw syntaxError(`line 1:1: ${parsed.error_message ?? 'not a query'}`);
  }
  if (parsed.statements.length !== 1) {
    throw new QueryFailure('Only one sql statement is allowed.');
  }
  return parsed.statements[0].node;
}

/** The SQL text of a condition, over the columns of one table. */
export async function conditionText(
  connection: DuckDBConnection,
  condition: SqlNode,
): Promise<string> {
  const frame = await parseSelect(connection, 'SELECT 1 WHERE true');
  const statements = [{ node: { ...frame, where_clause: condition } }];
  const reader = await connection.runAndReadAll(
    'SELECT json_deserialize_sql(?::JSON)',
    [JSON.stringify({ error: false, statements }, withoutLocations)],
  );
  const text = String(reader.getRows()[0][0]);
  return text.slice(text.indexOf('WHERE') + 'WHERE'.length);
}

/** Places in the text are beyond what a number of JavaScript can hold, and nobody needs them. */
function withoutLocations(key: string, value: unknown): unknown {
  return key === 'query_location' ? 0 : value;
}
