import { Knex } from 'knex';
import { monotonicFactory } from 'ulid';
import { DatabaseRecord, mapping, storableText, toNumber } from './columns';
import { isPostgres } from './dialect';
import { Millis, OutboxMessage, OutboxRow, OutboxStore } from './types';

const outboxMapping = mapping<OutboxRow>({
  id: 'text',
  message: 'json',
  createdAt: 'integer',
  availableAt: 'integer',
  attempts: 'integer',
  deliveredAt: 'integer',
  abandonedAt: 'integer',
  lastError: 'text',
});

const nextId = monotonicFactory();

/** `outbox` in the database. */
export class DatabaseOutboxStore implements OutboxStore {
  constructor(private readonly knex: Knex) {}

  async enqueue(messages: OutboxMessage[], now: Millis): Promise<void> {
    if (messages.length === 0) {
      return;
    }
    const records = messages.map(message => ({
      ...outboxMapping.toRecord({
        id: nextId(now),
        message,
        createdAt: now,
        availableAt: now,
        attempts: 0,
      }),
      kind: message.kind,
    }));
    await this.knex('outbox').insert(records);
  }

  async claim(
    now: Millis,
    limit: number,
    leaseMs: number,
    kinds?: ReadonlyArray<OutboxMessage['kind']>,
  ): Promise<OutboxRow[]> {
    const due = this.knex('outbox')
      .select('id')
      .whereNull('delivered_at')
      .whereNull('abandoned_at')
      .where('available_at', '<=', now)
      // Ending access never waits behind a heap of notifications.
      .orderByRaw(`case when kind in ('panic', 'kill') then 0 else 1 end`)
      .orderBy(['available_at', 'id'])
      .limit(limit);
    if (kinds) {
      due.whereIn('kind', kinds);
    }
    if (isPostgres(this.knex)) {
      due.forUpdate().skipLocked();
    }
    const records: DatabaseRecord[] = await this.knex('outbox')
      .with('due', due)
      .whereIn('id', this.knex.select('id').from('due'))
      .update({
        available_at: now + leaseMs,
        attempts: this.knex.raw('attempts + 1'),
      })
      .returning('*');
    return records
      .map(outboxMapping.toRow)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async delivered(id: string, now: Millis): Promise<void> {
    await this.undelivered(id).update({ delivered_at: now });
  }

  async failed(id: string, error: string, retryAt: Millis): Promise<void> {
    await this.undelivered(id).update({
      last_error: storableText(error),
      available_at: retryAt,
    });
  }

  async abandoned(id: string, error: string, now: Millis): Promise<void> {
    await this.undelivered(id).update({
      last_error: storableText(error),
      abandoned_at: now,
    });
  }

  async lag(now: Millis): Promise<{ waiting: number; oldestMs: number }> {
    const [{ waiting, oldest }] = await this.knex('outbox')
      .whereNull('delivered_at')
      .whereNull('abandoned_at')
      .select(
        this.knex.raw('count(*) as waiting'),
        this.knex.raw('min(created_at) as oldest'),
      );
    return {
      waiting: toNumber(waiting),
      oldestMs: oldest === null ? 0 : Math.max(0, now - toNumber(oldest)),
    };
  }

  async prune(before: Millis): Promise<number> {
    return this.knex('outbox').where('delivered_at', '<', before).delete();
  }

  private undelivered(id: string): Knex.QueryBuilder {
    return this.knex('outbox').where({ id }).whereNull('delivered_at');
  }
}
