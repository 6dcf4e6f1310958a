import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { Knex } from 'knex';
import {
  activityCursor,
  afterActivity,
  parseActivityCursor,
} from './activityConditions';
import { toNumber } from './columns';
import {
  Millis,
  UnbrokeredFilter,
  UnbrokeredReviewRow,
  UnbrokeredRow,
  UnbrokeredStore,
} from './types';
import { reviewMapping, useMapping } from './unbrokeredMapping';
import { WAITING_STATES, whereUnbrokered } from './unbrokeredConditions';

/** Who and what a use is never changes. */
const FIXED: ReadonlySet<string> = new Set<keyof UnbrokeredRow>([
  'id',
  'version',
  'identity',
  'kind',
  'foundAt',
]);
const INSERT_BATCH = 200;

/** `unbrokered_uses` and what hangs on them, in the database. */
export class DatabaseUnbrokeredStore implements UnbrokeredStore {
  constructor(private readonly knex: Knex) {}

  async insert(row: UnbrokeredRow): Promise<boolean> {
    const written = await this.knex('unbrokered_uses')
      .insert(useMapping.toRecord(row))
      .onConflict('identity')
      .ignore()
      .returning('id');
    return written.length === 1;
  }

  async get(id: string): Promise<UnbrokeredRow | undefined> {
    const record = await this.knex('unbrokered_uses').where({ id }).first();
    return record && useMapping.toRow(record);
  }

  async findByIdentity(identities: string[]): Promise<UnbrokeredRow[]> {
    const records = await this.knex('unbrokered_uses').whereIn(
      'identity',
      identities,
    );
    return records.map(useMapping.toRow);
  }

  async list(
    filter: UnbrokeredFilter,
    page: { limit: number; before?: string },
  ): Promise<UnbrokeredRow[]> {
    const query = this.where(filter).orderBy('id', 'desc').limit(page.limit);
    if (page.before !== undefined) {
      query.where('id', '<', page.before);
    }
    return (await query).map(useMapping.toRow);
  }

  async count(filter: UnbrokeredFilter): Promise<number> {
    const [record] = await this.where(filter).count({ total: '*' });
    return toNumber(record.total);
  }

  async update(
    id: string,
    version: number,
    change: Partial<UnbrokeredRow>,
  ): Promise<boolean> {
    const fixed = Object.keys(change).filter(name => FIXED.has(name));
    if (fixed.length) {
      throw new Error(`${fixed.join(', ')} of an unbrokered use never change`);
    }
    const changed = await this.knex('unbrokered_uses')
      .where({ id, version })
      .update({ ...useMapping.toRecord(change), version: version + 1 });
    return changed === 1;
  }

  async remindable(
    dueBefore: Millis,
    remindedBefore: Millis,
    limit: number,
  ): Promise<UnbrokeredRow[]> {
    const records = await this.waiting()
      .where('due_at', '<', dueBefore)
      .where(notSince(remindedBefore))
      .orderBy(['due_at', 'id'])
      .limit(limit);
    return records.map(useMapping.toRow);
  }

  async reminded(id: string, at: Millis, before: Millis): Promise<boolean> {
    const changed = await this.waiting()
      .where({ id })
      .where(notSince(before))
      .update({ reminded_at: at });
    return changed === 1;
  }

  async escalatable(
    dueBefore: Millis,
    limit: number,
  ): Promise<UnbrokeredRow[]> {
    const records = await this.waiting()
      .where('due_at', '<', dueBefore)
      .whereNull('escalated_at')
      .orderBy(['due_at', 'id'])
      .limit(limit);
    return records.map(useMapping.toRow);
  }

  async escalated(id: string, at: Millis): Promise<boolean> {
    const changed = await this.waiting()
      .where({ id })
      .whereNull('escalated_at')
      .update({ escalated_at: at });
    return changed === 1;
  }

  async collectDue(now: Millis, limit: number): Promise<UnbrokeredRow[]> {
    const records = await this.knex('unbrokered_uses')
      .where('collect_due_at', '<=', now)
      .orderBy(['collect_due_at', 'id'])
      .limit(limit);
    return records.map(useMapping.toRow);
  }

  async collectAgain(
    id: string,
    dueAt: Millis,
    nextAt?: Millis,
  ): Promise<boolean> {
    const changed = await this.knex('unbrokered_uses')
      .where({ id, collect_due_at: dueAt })
      .update({ collect_due_at: nextAt ?? null });
    return changed === 1;
  }

  async addEvents(useId: string, events: ActivityEvent[]): Promise<void> {
    for (let start = 0; start < events.length; start += INSERT_BATCH) {
      await this.knex('unbrokered_events')
        .insert(
          events.slice(start, start + INSERT_BATCH).map(event => ({
            use_id: useId,
            event_id: event.id,
            at: Date.parse(event.at),
            event: JSON.stringify(event),
          })),
        )
        .onConflict(['use_id', 'event_id'])
        .ignore();
    }
  }

  async events(useId: string, page: { limit: number; cursor?: string }) {
    const query = this.knex('unbrokered_events')
      .where({ use_id: useId })
      .orderBy(['at', 'event_id'])
      .limit(page.limit + 1);
    if (page.cursor !== undefined) {
      afterActivity(query, parseActivityCursor(page.cursor));
    }
    const [records, [{ total }]] = await Promise.all([
      query,
      this.knex('unbrokered_events')
        .where({ use_id: useId })
        .count({ total: '*' }),
    ]);
    const shown = records.slice(0, page.limit);
    const last = shown[shown.length - 1];
    return {
      items: shown.map(record => JSON.parse(record.event) as ActivityEvent),
      total: toNumber(total),
      nextCursor:
        records.length > page.limit
          ? activityCursor({ at: Number(last.at), eventId: last.event_id })
          : undefined,
    };
  }

  async addReview(row: UnbrokeredReviewRow): Promise<void> {
    await this.knex('unbrokered_reviews').insert(reviewMapping.toRecord(row));
  }

  async reviewsOf(useId: string): Promise<UnbrokeredReviewRow[]> {
    const records = await this.knex('unbrokered_reviews')
      .where({ use_id: useId })
      .orderBy('id');
    return records.map(reviewMapping.toRow);
  }

  async claimScan(name: string, now: Millis, claimUntil: Millis) {
    await this.knex('unbrokered_scans')
      .insert({ name, scanned_to: 0, claimed_until: 0 })
      .onConflict('name')
      .ignore();
    const claimed = await this.knex('unbrokered_scans')
      .where({ name })
      .where('claimed_until', '<=', now)
      .update({ claimed_until: claimUntil })
      .returning('scanned_to');
    if (claimed.length !== 1) {
      return undefined;
    }
    const scannedTo = Number(claimed[0].scanned_to);
    return { scannedTo: scannedTo || undefined };
  }

  async endScan(
    name: string,
    claimedUntil: Millis,
    result: { scannedTo: Millis; nextAt: Millis; problem?: string },
  ): Promise<boolean> {
    const ended = await this.knex('unbrokered_scans')
      .where({ name, claimed_until: claimedUntil })
      .update({
        scanned_to: result.scannedTo,
        claimed_until: result.nextAt,
        problem: result.problem ?? null,
      });
    return ended === 1;
  }

  async scans() {
    const records = await this.knex('unbrokered_scans').orderBy('name');
    return records.map(record => ({
      name: String(record.name),
      scannedTo: Number(record.scanned_to),
      problem: record.problem ?? undefined,
    }));
  }

  private where(filter: UnbrokeredFilter): Knex.QueryBuilder {
    return whereUnbrokered(this.knex('unbrokered_uses'), filter);
  }

  private waiting(): Knex.QueryBuilder {
    return this.knex('unbrokered_uses').whereIn('state', WAITING_STATES);
  }
}

/** Not reminded of at or after an instant. */
function notSince(before: Millis): Knex.QueryCallback {
  return due => {
    due.whereNull('reminded_at').orWhere('reminded_at', '<', before);
  };
}
