import { Knex } from 'knex';
import { isPostgres } from './dialect';
import { Millis } from './types';

/**
 * The database's clock, to be selected as `database_now` in epoch milliseconds (I11).
 * @param clock - stands in for it, where a test moves time
 */
export function databaseNow(knex: Knex, clock?: () => Millis): Knex.Raw {
  if (clock) {
    return knex.raw('cast(? as bigint) as database_now', [clock()]);
  }
  const now = isPostgres(knex)
    ? 'floor(extract(epoch from clock_timestamp()) * 1000)'
    : `cast(unixepoch('subsec') * 1000 as integer)`;
  return knex.raw(`${now} as database_now`);
}
