import { Knex } from 'knex';
import { activitySums } from './activityConditions';
import { DatabaseRecord, toNumber } from './columns';
import { ActivityBars } from './types';

const SECOND = 1_000;

/**
 * Counts events over time in SQL: one statement for the first and the last of
 * them, one for the bars between.
 * @param events - a new query for the events that count.
 */
export async function activityHistogram(
  knex: Knex,
  events: () => Knex.QueryBuilder,
  bars: number,
): Promise<ActivityBars | undefined> {
  const [range]: DatabaseRecord[] = await events()
    .min({ first: 'at' })
    .max({ last: 'at' });
  if (range.first === null) {
    return undefined;
  }
  const [from, to] = [toNumber(range.first), toNumber(range.last)];
  const barMs = Math.ceil((to - from + 1) / bars / SECOND) * SECOND;
  // Cast, because SQLite takes numbers for fractions: the division drops the rest.
  const records: DatabaseRecord[] = await events()
    // Somebody may be writing: what came after the first statement has no bar.
    .whereBetween('at', [from, to])
    .select(
      knex.raw('(at - cast(? as bigint)) / cast(? as bigint) as bar', [
        from,
        barMs,
      ]),
    )
    .select(activitySums(knex))
    .groupBy('bar')
    .orderBy('bar');
  return {
    ...{ from, to, barMs },
    bars: records.map(record => ({
      index: toNumber(record.bar),
      reads: toNumber(record.reads),
      writes: toNumber(record.writes),
      refused: toNumber(record.refused),
      sensitive: toNumber(record.sensitive),
    })),
  };
}
