import { Knex } from 'knex';

/** Whether this is PostgreSQL; the other database is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/** Runs the work in the transaction we are in, or in one of its own. */
export function inTransaction<T>(
  knex: Knex,
  work: (trx: Knex) => Promise<T>,
): Promise<T> {
  return knex.isTransaction ? work(knex) : knex.transaction(work);
}

/** A condition that a text contains another one, whatever its case. Wildcards in it mean themselves. */
export function containsText(
  query: Knex.QueryBuilder,
  column: string,
  text: string,
): Knex.QueryBuilder {
  const escaped = text.replace(/[!%_]/g, wildcard => `!${wildcard}`);
  return query.orWhereRaw(`lower(??) LIKE lower(?) ESCAPE '!'`, [
    column,
    `%${escaped}%`,
  ]);
}

/**
 * Condition of an upsert that the row that is there differs from the new one in
 * one of the columns; NULL is a value like others.
 */
export function differ(knex: Knex, table: string, columns: string[]): string {
  const row = (of: string) =>
    `(${columns.map(name => `${of}.${name}`).join(', ')})`;
  const operator = isPostgres(knex) ? 'IS DISTINCT FROM' : 'IS NOT';
  return `${row(table)} ${operator} ${row('excluded')}`;
}
