import { Knex } from 'knex';
import { DatabaseRecord, toNumber } from './columns';
import { decisionMapping } from './DatabaseDecisionStore';
import { databaseNow } from './databaseNow';
import { isPostgres } from './dialect';
import { whereLease } from './leaseConditions';
import { CHANGEABLE, leaseMapping } from './leaseMapping';
import {
  LeaseFilter,
  LeaseRow,
  LeaseStore,
  Millis,
  PageRequest,
} from './types';

/** Begins the names of a decision's columns beside those of its lease. */
const DECISION = 'decision_';

/** Credentials are taken for dead this long after their end: clocks differ. */
const KILL_MARGIN: Millis = 15 * 60_000;

/** `leases` in the database. */
export class DatabaseLeaseStore implements LeaseStore {
  constructor(
    private readonly knex: Knex,
    private readonly clock?: () => Millis,
  ) {}

  async insert(row: LeaseRow): Promise<boolean> {
    const inserted = await this.knex('leases')
      .insert(leaseMapping.toRecord(row))
      .onConflict()
      .ignore()
      .returning('id');
    return inserted.length > 0;
  }

  async findOpenRequest(requestKey: string): Promise<LeaseRow | undefined> {
    const record = await this.knex('leases')
      .where({ request_key: requestKey, status: 'pending' })
      .first();
    return record && leaseMapping.toRow(record);
  }

  async get(id: string): Promise<LeaseRow | undefined> {
    const record = await this.knex('leases').where({ id }).first();
    return record && leaseMapping.toRow(record);
  }

  async withDecisions(id: string) {
    const records: DatabaseRecord[] = await this.knex('leases')
      .leftJoin('decisions', 'decisions.lease_id', 'leases.id')
      .where('leases.id', id)
      .orderBy(['decisions.ordinal', 'decisions.id'])
      .select(
        'leases.*',
        databaseNow(this.knex, this.clock),
        ...decisionMapping.columns.map(
          column => `decisions.${column} as ${DECISION}${column}`,
        ),
      );
    const decided = records.filter(record => record[`${DECISION}id`] !== null);
    return records.length === 0
      ? undefined
      : {
          row: leaseMapping.toRow(records[0]),
          databaseNow: toNumber(records[0].database_now),
          decisions: decided.map(record =>
            decisionMapping.toRow(withoutPrefix(record, DECISION)),
          ),
        };
  }

  async lock(id: string): Promise<LeaseRow | undefined> {
    if (!this.knex.isTransaction) {
      throw new TypeError('A lease is locked in a transaction only');
    }
    const query = this.knex('leases').where({ id }).first();
    // SQLite has one writer at a time, and PostgreSQL needs to be told.
    const record = await (isPostgres(this.knex)
      ? query.forNoKeyUpdate()
      : query);
    return record && leaseMapping.toRow(record);
  }

  async findByIdempotencyKey(
    requester: string,
    key: string,
  ): Promise<LeaseRow | undefined> {
    const record = await this.knex('leases')
      .where({ requester, idempotency_key: key })
      .first();
    return record && leaseMapping.toRow(record);
  }

  async list(
    filter: LeaseFilter,
    page: PageRequest,
    order: 'newest' | 'oldest' | 'due' = 'newest',
  ): Promise<LeaseRow[]> {
    const query = whereLease(this.knex('leases').select('*'), filter).limit(
      page.limit,
    );
    if (order === 'due') {
      this.inOrderOfDue(query, page.before);
    } else {
      const newest = order === 'newest';
      query.orderBy('id', newest ? 'desc' : 'asc');
      if (page.before !== undefined) {
        query.where('id', newest ? '<' : '>', page.before);
      }
    }
    return (await query).map(leaseMapping.toRow);
  }

  /** What is due first comes first; the page goes on after a lease, wherever that stands. */
  private inOrderOfDue(query: Knex.QueryBuilder, after: string | undefined) {
    query.orderByRaw('coalesce(review_due_at, 0), id');
    if (after !== undefined) {
      query.whereRaw(
        `(coalesce(review_due_at, 0), id) >
          (SELECT coalesce(last.review_due_at, 0), last.id FROM leases AS last WHERE last.id = ?)`,
        [after],
      );
    }
  }

  async overdueReviews(requesterKey: string, now: Millis): Promise<number> {
    const [{ total }] = await this.knex('leases')
      .where('requester_key', requesterKey)
      .whereIn('review_state', ['collecting', 'open'])
      .where('review_due_at', '<', now)
      .count({ total: '*' });
    return toNumber(total);
  }

  async count(filter: LeaseFilter): Promise<number> {
    const [{ total }] = await whereLease(
      this.knex('leases').count({ total: '*' }),
      filter,
    );
    return toNumber(total);
  }

  async countRequests(requesterKey: string, since: Millis): Promise<number> {
    const [{ total }] = await this.knex('leases')
      .where('requester_key', requesterKey)
      .where('requested_at', '>', since)
      .count({ total: '*' });
    return toNumber(total);
  }

  async update(
    id: string,
    version: number,
    change: Partial<LeaseRow>,
  ): Promise<boolean> {
    const frozen = Object.keys(change).filter(key => !CHANGEABLE.has(key));
    if (frozen.length > 0) {
      throw new TypeError(`A lease cannot change its ${frozen.join(', ')}`);
    }
    const updated = await this.knex('leases')
      .where({ id, version })
      .update({ ...leaseMapping.toRecord(change), version: version + 1 });
    return updated === 1;
  }

  async due(now: Millis, limit: number): Promise<LeaseRow[]> {
    const records = await this.knex('leases')
      .where(pending =>
        pending.where('status', 'pending').where('lapses_at', '<=', now),
      )
      .orWhere(approved =>
        approved.where('status', 'approved').where('expires_at', '<=', now),
      )
      .orderBy('id')
      .limit(limit);
    return records.map(leaseMapping.toRow);
  }

  async collectDue(now: Millis, limit: number): Promise<LeaseRow[]> {
    const records = await this.knex('leases')
      .where('review_state', 'collecting')
      .where('collect_due_at', '<=', now)
      .orderBy(['collect_due_at', 'id'])
      .limit(limit);
    return records.map(leaseMapping.toRow);
  }

  async reviewsDue(by: Millis, limit: number): Promise<LeaseRow[]> {
    const records = await this.knex('leases')
      .whereIn('review_state', ['collecting', 'open'])
      .where('review_due_at', '<=', by)
      .orderBy(['review_due_at', 'id'])
      .limit(limit);
    return records.map(leaseMapping.toRow);
  }

  async killable(roleArn: string, now: Millis): Promise<LeaseRow[]> {
    return this.closedButLive({ role_arn: roleArn }, now);
  }

  async killableUnder(policyArn: string, now: Millis): Promise<LeaseRow[]> {
    return this.closedButLive({ kill_policy_arn: policyArn }, now);
  }

  async killedSince(since: Millis): Promise<LeaseRow[]> {
    const newest = this.knex('leases')
      .max('id')
      .where('kill_accepted_at', '>=', since)
      .groupBy('role_arn', 'kill_policy_arn');
    const records = await this.knex('leases')
      .whereIn('id', newest)
      .orderBy('id');
    return records.map(leaseMapping.toRow);
  }

  private async closedButLive(
    of: Record<string, string>,
    now: Millis,
  ): Promise<LeaseRow[]> {
    const liveSessions = this.knex('sessions')
      .select(this.knex.raw('1'))
      .where('sessions.lease_id', this.knex.ref('leases.id'))
      .whereNot('sessions.state', 'refused')
      .where('sessions.expires_at', '>', now - KILL_MARGIN);
    const records = await this.knex('leases')
      .where(of)
      .where(closed =>
        closed
          .whereNotIn('status', ['pending', 'approved'])
          .orWhere(late =>
            late.where('status', 'approved').where('expires_at', '<=', now),
          ),
      )
      .whereExists(liveSessions)
      .orderBy('id');
    return records.map(leaseMapping.toRow);
  }
}

function withoutPrefix(record: DatabaseRecord, prefix: string): DatabaseRecord {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
