import { Knex } from 'knex';
import { mapping, toNumber } from './columns';
import { whereCriteria } from './whereCriteria';
import { FollowUpFilter, FollowUpRow, FollowUpStore, Millis } from './types';

const followUpMapping = mapping<FollowUpRow>({
  id: 'text',
  leaseId: 'text',
  unbrokeredId: 'text',
  reviewId: 'text',
  accountTitle: 'text',
  title: 'text',
  owner: 'text',
  dueAt: 'integer',
  createdAt: 'integer',
  createdBy: 'text',
  doneAt: 'integer',
  doneBy: 'text',
  doneComment: 'text',
  remindedAt: 'integer',
});

/** `follow_ups` in the database. */
export class DatabaseFollowUpStore implements FollowUpStore {
  constructor(private readonly knex: Knex) {}

  async insert(rows: FollowUpRow[]): Promise<void> {
    if (rows.length) {
      await this.knex('follow_ups').insert(
        rows.map(row => followUpMapping.toRecord(row)),
      );
    }
  }

  async list(
    filter: FollowUpFilter,
    page: { limit: number; after?: string },
  ): Promise<FollowUpRow[]> {
    const query = this.where(filter).orderBy('id').limit(page.limit);
    if (page.after !== undefined) {
      query.where('id', '>', page.after);
    }
    return (await query).map(followUpMapping.toRow);
  }

  async count(filter: FollowUpFilter): Promise<number> {
    const [record] = await this.where(filter).count({ total: '*' });
    return toNumber(record.total);
  }

  async finish(
    id: string,
    done: Required<Pick<FollowUpRow, 'doneAt' | 'doneBy' | 'doneComment'>>,
  ): Promise<boolean> {
    const changed = await this.knex('follow_ups')
      .where({ id })
      .whereNull('done_at')
      .update(followUpMapping.toRecord(done));
    return changed === 1;
  }

  async remindable(
    before: Millis,
    remindedBefore: Millis,
    limit: number,
  ): Promise<FollowUpRow[]> {
    const records = await this.knex('follow_ups')
      .whereNull('done_at')
      .where('due_at', '<', before)
      .where(due =>
        due
          .whereNull('reminded_at')
          .orWhere('reminded_at', '<', remindedBefore),
      )
      .orderBy(['due_at', 'id'])
      .limit(limit);
    return records.map(followUpMapping.toRow);
  }

  async reminded(id: string, at: Millis, before: Millis): Promise<boolean> {
    const changed = await this.knex('follow_ups')
      .where({ id })
      .whereNull('done_at')
      .where(due =>
        due.whereNull('reminded_at').orWhere('reminded_at', '<', before),
      )
      .update({ reminded_at: at });
    return changed === 1;
  }

  private where(filter: FollowUpFilter): Knex.QueryBuilder {
    const query = this.knex('follow_ups');
    if (filter.id !== undefined) {
      query.where('id', filter.id);
    }
    if (filter.owners) {
      query.whereIn('owner', filter.owners);
    }
    if (filter.leaseId !== undefined) {
      query.where('lease_id', filter.leaseId);
    }
    if (filter.unbrokeredId !== undefined) {
      query.where('unbrokered_id', filter.unbrokeredId);
    }
    if (filter.state === 'done') {
      query.whereNotNull('done_at');
    } else if (filter.state) {
      query.whereNull('done_at');
    }
    if (filter.state === 'overdue') {
      query.where('due_at', '<', filter.now);
    }
    const { permitted, now } = filter;
    if (permitted) {
      query.where(any =>
        any.whereNull('lease_id').orWhereExists(leases => {
          leases.from('leases').whereRaw('leases.id = follow_ups.lease_id');
          whereCriteria(leases, permitted, now);
        }),
      );
    }
    return query;
  }
}
