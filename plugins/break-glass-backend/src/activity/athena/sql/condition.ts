/** A part of a WHERE clause: SQL with one `?` for each value, in order. No value is ever part of the SQL. */
export interface Condition {
  sql: string;
  values: readonly string[];
}

/** SQL that needs no value. */
export const fixed = (sql: string): Condition => ({ sql, values: [] });

/** SQL with the values of its `?`, in order. */
export const bound = (sql: string, ...values: string[]): Condition => ({
  sql,
  values,
});

/** Whether an expression is one of some values; of none it never is. */
export function isOneOf(
  expression: string,
  values: readonly string[],
): Condition {
  return values.length === 0
    ? fixed('false')
    : { sql: `${expression} IN (${values.map(() => '?').join(', ')})`, values };
}

/** All of them; of none, true. */
export const allOf = (conditions: readonly Condition[]): Condition =>
  joined(conditions, 'AND', 'true');

/** At least one of them; of none, false. */
export const anyOf = (conditions: readonly Condition[]): Condition =>
  joined(conditions, 'OR', 'false');

function joined(
  conditions: readonly Condition[],
  word: 'AND' | 'OR',
  ofNone: string,
): Condition {
  return conditions.length === 0
    ? fixed(ofNone)
    : {
        sql: `(${conditions.map(({ sql }) => sql).join(` ${word} `)})`,
        values: conditions.flatMap(({ values }) => values),
      };
}
