import { nestedNames, RECORD_COLUMNS } from './recordColumns';
import { QueryFailure, syntaxError } from './QueryFailure';
import { childrenOf, nodesIn, SqlNode } from './sqlTree';

/** Functions and operators that Trino and DuckDB share, under DuckDB's names; the macros below make some of them agree. */
const SHARED = new Set([
  ...['count', 'count_star', 'min', 'max', 'sum', 'avg', 'array_agg'],
  ...['max_by', 'min_by', 'bool_or', 'bool_and', 'count_if', 'any_value'],
  ...['lower', 'upper', 'length', 'substr', 'substring', 'trim', 'ltrim'],
  ...['rtrim', 'replace', 'reverse', 'split_part', 'strpos', 'position'],
  ...['starts_with', 'regexp_extract', 'regexp_like', 'json_extract_scalar'],
  ...['contains', 'nullif', 'abs', 'round', 'floor', 'ceil', 'mod'],
  ...['row_number', 'rank', 'dense_rank', 'lag', 'lead', 'first_value'],
  ...['+', '-', '*', '/', '%', '||', '~~', '!~~', 'like_escape'],
  ...['not_like_escape'],
]);
const TYPES = new Set([
  ...['VARCHAR', 'BIGINT', 'INTEGER', 'DOUBLE', 'BOOLEAN', 'DATE'],
  ...['TIMESTAMP', 'DECIMAL', 'NULL', 'JSON'],
]);
const NESTED = new Set(nestedNames(RECORD_COLUMNS));
const SOURCES = new Set(['BASE_TABLE', 'SUBQUERY', 'JOIN', 'EMPTY']);

/**
 * Functions whose answers differ although their names are the same, or that DuckDB lacks, as Trino defines them:
 * no match and no such part are NULL.
 */
export const TRINO_MACROS = [
  `CREATE MACRO split_part(a, b, c) AS CASE WHEN len(string_split(a, b)) >= c THEN string_split(a, b)[c] END`,
  `CREATE MACRO regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p) END, (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN system.main.regexp_extract(s, p, g) END`,
  `CREATE MACRO regexp_like(s, p) AS regexp_matches(s, p)`,
  `CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN json_valid(j) AND json_type(j, p) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(j, p) END`,
];

function refuseFunction(node: SqlNode): void {
  const name = String(node.function_name).toLowerCase();
  if (!SHARED.has(name)) {
    throw new QueryFailure(
      `FUNCTION_NOT_FOUND: line 1:1: Function '${name}' not registered`,
    );
  }
}

function refuseStar(node: SqlNode): void {
  const extras = ['exclude_list', 'qualified_exclude_list', 'replace_list'];
  const extended = [...extras, 'rename_list'].some(
    key => Array.isArray(node[key]) && node[key].length > 0,
  );
  if (extended || node.columns === true || node.expr) {
    throw syntaxError("line 1:1: mismatched input '*'");
  }
}

function refuseSelect(node: SqlNode): void {
  const modifiers = (node.modifiers ?? []) as SqlNode[];
  const distinctOn = modifiers.some(
    modifier =>
      modifier.type === 'DISTINCT_MODIFIER' &&
      (modifier.distinct_on_targets as unknown[] | undefined)?.length,
  );
  const grouped = node.aggregate_handling ?? 'STANDARD_HANDLING';
  if (
    distinctOn ||
    node.qualify ||
    node.sample ||
    grouped !== 'STANDARD_HANDLING'
  ) {
    throw syntaxError('line 1:1: mismatched input. Expecting: an expression');
  }
}

/** DuckDB's parser knows JSON by its name only, because an extension brings it. */
function typeName({ id, type_info: info }: SqlNode): string {
  const name = (info as SqlNode | null)?.name;
  return id === 'UNBOUND' ? String(name).toUpperCase() : String(id);
}

/** Trino makes a JSON text of a text, where DuckDB reads it: only structs and arrays mean the same. */
function refuseCast(node: SqlNode): void {
  const type = typeName(node.cast_type as SqlNode);
  const column = ((node.child as SqlNode).column_names as string[])?.at(-1);
  const nested = column !== undefined && NESTED.has(column.toLowerCase());
  if (!TYPES.has(type) || (type === 'JSON' && !nested)) {
    throw syntaxError(
      `line 1:1: the sandbox does not cast this to ${type.toLowerCase()}`,
    );
  }
}

function refuseNode(node: SqlNode): void {
  if (node.class === 'FUNCTION' || node.class === 'WINDOW') {
    refuseFunction(node);
  } else if (node.class === 'STAR') {
    refuseStar(node);
  } else if (node.type === 'SELECT_NODE') {
    refuseSelect(node);
  } else if (node.class === 'CAST') {
    refuseCast(node);
  }
  const foreign = ['LAMBDA', 'LAMBDA_REF', 'POSITIONAL_REFERENCE'];
  if (foreign.includes(String(node.class)) || node.type === 'ARRAY_SLICE') {
    throw syntaxError('line 1:1: mismatched input');
  }
}

const isPresent = (value: unknown) => value !== null && value !== undefined;

function refuseSource(source: SqlNode): void {
  const sampled = isPresent(source.sample) || isPresent(source.at_clause);
  if (!SOURCES.has(String(source.type)) || sampled) {
    throw syntaxError(
      'line 1:1: the sandbox reads tables, sub-queries and joins only, no table functions',
    );
  }
}

/** Parameters may stand in WHERE only; FILTER has one of its own. */
function refuseParametersOutsideWhere(node: SqlNode, allowed: boolean): void {
  if (node.class === 'PARAMETER' && !allowed) {
    throw syntaxError('line 1:1: mismatched input ?: only allowed in WHERE');
  }
  const inside = node.type === 'SELECT_NODE' ? false : allowed;
  for (const [key, child] of childrenOf(node)) {
    const where = key === 'where_clause' || key === 'filter';
    refuseParametersOutsideWhere(child, inside || where);
  }
}

/**
 * Refuses a query that Trino would not run, or that means something else there.
 * @throws QueryFailure
 */
export function checkSelect(select: SqlNode): void {
  for (const node of nodesIn(select)) {
    refuseNode(node);
    for (const [key, child] of childrenOf(node)) {
      const joined =
        node.type === 'JOIN' && (key === 'left' || key === 'right');
      if (key === 'from_table' || joined) refuseSource(child);
    }
  }
  refuseParametersOutsideWhere(select, false);
}
