import { Knex } from 'knex';
import { setImmediate as othersTurn } from 'timers/promises';
import {
  activityCursor,
  ActivityKey,
  activitySums,
  afterActivity,
  parseActivityCursor,
  whereActivity,
} from './activityConditions';
import { activityGroups } from './activityGroups';
import { activityHistogram } from './activityHistogram';
import { DatabaseRecord, mapping, toNumber } from './columns';
import { differ, inTransaction } from './dialect';
import {
  ActivityEventRow,
  ActivityFilter,
  ActivityStore,
  ListedEvent,
  Millis,
} from './types';

const activityMapping = mapping<ActivityEventRow>({
  leaseId: 'text',
  eventId: 'text',
  at: 'integer',
  sessionId: 'text',
  service: 'text',
  action: 'text',
  region: 'text',
  accessLevel: 'text',
  refused: 'boolean',
  errorCode: 'text',
  errorMessage: 'text',
  resources: 'json',
  sourceIp: 'text',
  userAgent: 'text',
  viaConsole: 'boolean',
  chained: 'boolean',
  sensitive: 'json',
  profileHint: 'text',
  accountId: 'text',
  alsoIn: 'json',
  record: 'json',
});

/** What a later look may read otherwise: all but which event of which lease it is. */
const READ_ANEW = activityMapping.columns.filter(
  name => name !== 'lease_id' && name !== 'event_id',
);
/** What lists show: the raw record is asked for by itself. */
const LISTED = activityMapping.columns.filter(name => name !== 'record');

/** Rows per INSERT: well below the databases' limits of parameters. */
const INSERT_BATCH = 200;
/** Ids per DELETE: below the databases' limits of parameters. */
const DELETE_BATCH = 500;
const READ_BATCH = 500;

/**
 * `activity_events` in the database. SQLite answers without letting anybody
 * else in the process have a turn: what takes many statements makes breaks.
 */
export class DatabaseActivityStore implements ActivityStore {
  constructor(private readonly knex: Knex) {}

  async upsert(rows: ActivityEventRow[], foundAt?: Millis): Promise<void> {
    await inTransaction(this.knex, async trx => {
      for (let start = 0; start < rows.length; start += INSERT_BATCH) {
        await trx('activity_events')
          .insert(
            rows.slice(start, start + INSERT_BATCH).map(row => ({
              ...activityMapping.toRecord(row),
              found_at: foundAt ?? null,
            })),
          )
          .onConflict(['lease_id', 'event_id'])
          .merge(READ_ANEW)
          // A row that says the same is left alone: most of them, at most looks.
          .whereRaw(differ(trx, 'activity_events', READ_ANEW));
        await othersTurn();
      }
    });
  }

  async remove(leaseId: string, eventIds: string[]): Promise<string[]> {
    return inTransaction(this.knex, async trx => {
      const removed: string[] = [];
      for (let start = 0; start < eventIds.length; start += DELETE_BATCH) {
        const chosen = () =>
          trx('activity_events')
            .where({ lease_id: leaseId })
            .whereIn('event_id', eventIds.slice(start, start + DELETE_BATCH));
        // SQLite does not say what it deleted.
        const records: Array<{ event_id: string }> = await chosen().select(
          'event_id',
        );
        await chosen().delete();
        removed.push(...records.map(record => record.event_id));
      }
      return removed;
    });
  }

  async list(
    leaseId: string,
    filter: ActivityFilter,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: ListedEvent[]; nextCursor?: string }> {
    const query = whereActivity(this.inOrder(leaseId).select(LISTED), filter);
    if (page.cursor !== undefined) {
      afterActivity(query, parseActivityCursor(page.cursor));
    }
    const rows = (await query.limit(page.limit + 1)).map(activityMapping.toRow);
    const items = rows.slice(0, page.limit);
    const last = items[items.length - 1];
    return rows.length > page.limit && last
      ? { items, nextCursor: activityCursor(last) }
      : { items };
  }

  async get(
    leaseId: string,
    eventId: string,
  ): Promise<ActivityEventRow | undefined> {
    const record = await this.knex('activity_events')
      .where({ lease_id: leaseId, event_id: eventId })
      .first();
    return record && activityMapping.toRow(record);
  }

  async counts(leaseId: string) {
    const records: DatabaseRecord[] = await this.knex('activity_events')
      .where({ lease_id: leaseId })
      .groupBy('service')
      .select('service')
      .count({ total: '*' })
      .select(activitySums(this.knex))
      .orderBy([{ column: 'total', order: 'desc' }, { column: 'service' }]);
    const sum = (column: string) =>
      records.reduce((total, record) => total + toNumber(record[column]), 0);
    return {
      total: sum('total'),
      writes: sum('writes'),
      refused: sum('refused'),
      sensitive: sum('sensitive'),
      services: records.map(record => ({
        service: String(record.service),
        count: toNumber(record.total),
      })),
    };
  }

  histogram(leaseId: string, filter: ActivityFilter, bars: number) {
    const query = () =>
      whereActivity(
        this.knex('activity_events').where({ lease_id: leaseId }),
        filter,
      );
    return activityHistogram(this.knex, query, bars);
  }

  groups(leaseId: string) {
    const events = this.knex('activity_events').where({ lease_id: leaseId });
    return activityGroups(this.knex, events);
  }

  async *all(leaseId: string): AsyncIterable<ActivityEventRow> {
    let after: ActivityKey | undefined;
    let batch: ActivityEventRow[];
    do {
      const query = this.inOrder(leaseId).limit(READ_BATCH);
      if (after) {
        afterActivity(query, after);
      }
      batch = (await query).map(activityMapping.toRow);
      yield* batch;
      await othersTurn();
      after = batch[batch.length - 1];
    } while (batch.length === READ_BATCH);
  }

  private inOrder(leaseId: string): Knex.QueryBuilder {
    return this.knex('activity_events')
      .where({ lease_id: leaseId })
      .orderBy(['at', 'event_id']);
  }
}
