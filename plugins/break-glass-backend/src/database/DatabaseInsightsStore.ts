import { Knex } from 'knex';
import { Insights } from 'backstage-plugin-break-glass-common';
import { Millis } from './types';

type GroupBy = 'person' | 'account' | 'profile' | 'role' | 'day';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
/** Groups shown at most. */
const MAX_GROUPS = 100;

/** End of access so far: whichever of end, expiry and now comes first. */
const ACCESS_END = `CASE
  WHEN closed_at IS NOT NULL AND closed_at < expires_at THEN closed_at
  WHEN expires_at < ? THEN expires_at
  ELSE ? END`;
const ACCESS = `CASE WHEN active_from IS NULL OR active_from > (${ACCESS_END})
  THEN 0 ELSE (${ACCESS_END}) - active_from END`;

const GROUP_COLUMN: Record<Exclude<GroupBy, 'day'>, string> = {
  person: 'requester',
  account: 'account_ref',
  profile: 'profile_id',
  role: 'role_id',
};

/** Counts leases, sessions and refusals by SQL. */
export class DatabaseInsightsStore {
  constructor(private readonly knex: Knex) {}

  /** Counts over all leases requested in [from, to). */
  async totals(
    from: Millis,
    to: Millis,
    now: Millis,
  ): Promise<Insights['totals']> {
    const inPeriod = this.knex('leases').whereBetween('requested_at', [
      from,
      to,
    ]);
    const count = (sql: string, ...values: Millis[]) =>
      this.knex.raw(
        `COALESCE(SUM(CASE WHEN ${sql} THEN 1 ELSE 0 END), 0)`,
        values,
      );
    const [row] = await inPeriod.select(
      this.knex.raw('COUNT(*) AS requested'),
      this.knex.raw('? AS activated', [count('active_from IS NOT NULL')]),
      this.knex.raw('? AS rejected', [count("status = 'rejected'")]),
      this.knex.raw('? AS lapsed', [
        count(
          "status = 'lapsed' OR (status = 'pending' AND lapses_at <= ?)",
          now,
        ),
      ]),
      this.knex.raw('? AS open_reviews', [
        count("review_state IN ('collecting', 'open')"),
      ]),
      this.knex.raw('? AS overdue_reviews', [
        count(
          "review_state IN ('collecting', 'open') AND review_due_at < ?",
          now,
        ),
      ]),
      this.knex.raw(`COALESCE(SUM(${ACCESS}), 0) AS access_ms`, [
        now,
        now,
        now,
        now,
      ]),
    );
    const sessions = await this.countOf('sessions', 'requested_at', from, to, {
      state: 'issued',
    });
    const refused = await this.countOf('audit_log', 'at', from, to, {
      outcome: 'refused',
    });
    return {
      requested: Number(row.requested),
      activated: Number(row.activated),
      rejected: Number(row.rejected),
      lapsed: Number(row.lapsed),
      openReviews: Number(row.open_reviews),
      overdueReviews: Number(row.overdue_reviews),
      accessMinutes: Math.round(Number(row.access_ms) / MINUTE),
      sessions,
      refusedAttempts: refused,
    };
  }

  /** The waiting time at a share of all, by counting in the database; in ms. */
  async waitingTime(
    from: Millis,
    to: Millis,
    share: number,
  ): Promise<Millis | undefined> {
    const waited = () =>
      this.knex('leases')
        .whereBetween('requested_at', [from, to])
        .whereNotNull('active_from')
        .whereNull('start_at');
    const [{ total }] = await waited().count({ total: '*' });
    if (Number(total) === 0) {
      return undefined;
    }
    const index = Math.min(
      Number(total) - 1,
      Math.floor(Number(total) * share),
    );
    const [row] = await waited()
      .select(this.knex.raw('active_from - requested_at AS waited'))
      .orderBy('waited')
      .offset(index)
      .limit(1);
    return Number(row.waited);
  }

  /** Leases and minutes of access by person, account, profile, role or day. */
  async groups(
    from: Millis,
    to: Millis,
    by: GroupBy,
    now: Millis,
  ): Promise<Insights['groups']> {
    const key =
      by === 'day'
        ? this.knex.raw(`requested_at - (requested_at % ${DAY})`)
        : this.knex.ref(GROUP_COLUMN[by]);
    const rows = await this.knex('leases')
      .whereBetween('requested_at', [from, to])
      .select(
        this.knex.raw('? AS grouped', [key]),
        this.knex.raw('COUNT(*) AS leases'),
        this.knex.raw(`COALESCE(SUM(${ACCESS}), 0) AS access_ms`, [
          now,
          now,
          now,
          now,
        ]),
      )
      .groupBy('grouped')
      .orderBy([{ column: by === 'day' ? 'grouped' : 'leases', order: 'desc' }])
      .limit(MAX_GROUPS);
    return rows.map(row => ({
      key:
        by === 'day'
          ? new Date(Number(row.grouped)).toISOString().slice(0, 10)
          : String(row.grouped),
      leases: Number(row.leases),
      accessMinutes: Math.round(Number(row.access_ms) / MINUTE),
    }));
  }

  private async countOf(
    table: string,
    column: string,
    from: Millis,
    to: Millis,
    where: Record<string, string>,
  ): Promise<number> {
    const [{ total }] = await this.knex(table)
      .whereBetween(column, [from, to])
      .where(where)
      .count({ total: '*' });
    return Number(total);
  }
}
