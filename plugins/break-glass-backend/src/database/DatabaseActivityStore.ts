import { Knex } from 'knex';
import {
  activityCursor,
  ActivityFilter,
  ActivityKey,
  afterActivity,
  NO_MARKS,
  parseActivityCursor,
  READING_LEVELS,
  whereActivity,
} from './activityConditions';
import { DatabaseRecord, mapping, toNumber } from './columns';
import { inTransaction } from './dialect';
import { ActivityEventRow, ActivityStore, Millis } from './types';

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

/** Rows per INSERT: well below the databases' limits of parameters. */
const INSERT_BATCH = 200;
const READ_BATCH = 500;

/** `activity_events` in the database. */
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
          .ignore();
      }
    });
  }

  async list(
    leaseId: string,
    filter: ActivityFilter,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: ActivityEventRow[]; nextCursor?: string }> {
    const query = whereActivity(this.inOrder(leaseId), filter);
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
      .select(
        this.knex.raw(
          'sum(case when refused or access_level in (?, ?) then 0 else 1 end) as writes',
          READING_LEVELS,
        ),
        this.knex.raw('sum(case when refused then 1 else 0 end) as refused'),
        this.knex.raw(
          'sum(case when sensitive = ? then 0 else 1 end) as sensitive',
          [NO_MARKS],
        ),
      )
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
      after = batch[batch.length - 1];
    } while (batch.length === READ_BATCH);
  }

  private inOrder(leaseId: string): Knex.QueryBuilder {
    return this.knex('activity_events')
      .where({ lease_id: leaseId })
      .orderBy(['at', 'event_id']);
  }
}
