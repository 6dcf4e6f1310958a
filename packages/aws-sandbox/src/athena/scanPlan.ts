import { DuckDBConnection } from '@duckdb/node-api';
import { PartitionedFile } from './AthenaTable';
import { LiteralValue, literal, quoted } from './sqlLiterals';
import { childrenOf, conditionText, nodesIn, SqlNode } from './sqlTree';

/** A place in a query that reads a table. */
export interface TableReference {
  catalog?: string;
  database?: string;
  table: string;
  /** The names by which its columns can be qualified, in lower case. */
  names: string[];
  /** What every row of it must fulfil: the parts of WHERE that AND joins. */
  conditions: SqlNode[];
}

function conjuncts(condition: SqlNode | null | undefined): SqlNode[] {
  if (!condition) return [];
  return condition.type === 'CONJUNCTION_AND'
    ? (condition.children as SqlNode[]).flatMap(conjuncts)
    : [condition];
}

function referenceOf(node: SqlNode, select?: SqlNode): TableReference {
  const text = (key: string) => String(node[key] ?? '') || undefined;
  const table = text('table_name') ?? '';
  const alias = text('alias');
  return {
    catalog: text('catalog_name'),
    database: text('schema_name'),
    table,
    names: [alias ?? table].map(name => name.toLowerCase()),
    // Of a join's condition nobody knows whose columns it names.
    conditions:
      select?.from_table === node
        ? conjuncts(select.where_clause as SqlNode | null)
        : [],
  };
}

function namedQueries(node: SqlNode): string[] {
  const map = (node.cte_map as { map?: { key: string }[] } | undefined)?.map;
  return (map ?? []).map(({ key }) => key.toLowerCase());
}

/** Every place where a query reads a table; names that WITH defines are no tables. */
export function tableReferences(
  node: SqlNode,
  defined: ReadonlySet<string> = new Set(),
  select?: SqlNode,
): TableReference[] {
  const known = new Set([...defined, ...namedQueries(node)]);
  if (node.type === 'BASE_TABLE') {
    const reference = referenceOf(node, select);
    const named =
      !reference.database && known.has(reference.table.toLowerCase());
    return named ? [] : [reference];
  }
  const inside = node.type === 'SELECT_NODE' ? node : select;
  return childrenOf(node).flatMap(([, child]) =>
    tableReferences(child, known, inside),
  );
}

/** Whether a condition can be decided by looking at partitions alone. */
function isAboutPartitions(
  condition: SqlNode,
  reference: TableReference,
  partitions: string[],
): boolean {
  let columns = 0;
  for (const node of nodesIn(condition)) {
    if (node.class === 'SUBQUERY') return false;
    if (node.class === 'COLUMN_REF') {
      const path = (node.column_names as string[]).map(n => n.toLowerCase());
      const own = path.length === 1 || reference.names.includes(path[0]);
      if (path.length > 2 || !own || !partitions.includes(path.at(-1)!)) {
        return false;
      }
      columns += 1;
    }
  }
  return columns > 0;
}

/** A condition over bare column names, its parameters filled in. */
function filled(condition: SqlNode, values: LiteralValue[]): SqlNode {
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (typeof value !== 'object' || value === null) return value;
    const node = value as SqlNode;
    if (node.class === 'PARAMETER') {
      return constant(values[Number(node.identifier) - 1]);
    }
    if (node.class === 'COLUMN_REF') {
      const path = node.column_names as string[];
      return { ...node, column_names: path.slice(-1) };
    }
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => [key, convert(child)]),
    );
  };
  return convert(condition) as SqlNode;
}

function constant({ type, value }: LiteralValue): SqlNode {
  return {
    class: 'CONSTANT',
    type: 'VALUE_CONSTANT',
    alias: '',
    query_location: 0,
    value: {
      type: { id: type, type_info: null },
      is_null: value === null,
      ...(value !== null && {
        value: typeof value === 'bigint' ? Number(value) : value,
      }),
    },
  };
}

/**
 * The files whose partitions the WHERE of a reference can match: what Athena reads for it.
 */
export async function matchedFiles(
  connection: DuckDBConnection,
  reference: TableReference,
  partitions: string[],
  files: PartitionedFile[],
  values: LiteralValue[],
): Promise<PartitionedFile[]> {
  const lower = partitions.map(name => name.toLowerCase());
  const conditions = reference.conditions.filter(condition =>
    isAboutPartitions(condition, reference, lower),
  );
  if (conditions.length === 0 || files.length === 0) return files;
  const texts = await Promise.all(
    conditions.map(condition =>
      conditionText(connection, filled(condition, values)),
    ),
  );
  const rows = files.map(
    (file, at) =>
      `(${[at, ...partitions.map(p => literal(file.partition[p]))].join(
        ', ',
      )})`,
  );
  const names = ['at', ...partitions].map(quoted).join(', ');
  const reader = await connection.runAndReadAll(
    `SELECT "at" FROM (VALUES ${rows.join(', ')}) AS v(${names}) WHERE ${texts
      .map(text => `(${text})`)
      .join(' AND ')}`,
  );
  return reader.getRows().map(([at]) => files[Number(at)]);
}
