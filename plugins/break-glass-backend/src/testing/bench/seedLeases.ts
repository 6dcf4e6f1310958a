import { Knex } from 'knex';

/** Rows of one statement. */
const BATCH = 50_000;
const DAY = 24 * 3_600_000;

/** One in a thousand waits for its decision, one in a hundred for its review. */
const WAITS = 'n % 1000 = 0';
const IN_REVIEW = 'n % 100 = 1';
const PERSON = `'user:default/person-' || (n % 500)`;
const AT = `(lease.requested_at - 1000 * ${DAY}::bigint + n * 80000)`;

const OTHERS: Record<string, string> = {
  id: `'01000' || lpad(n::text, 21, '0')`,
  requester: PERSON,
  requester_key: PERSON,
  beneficiary: 'NULL',
  beneficiary_key: 'NULL',
  request_key: 'NULL',
  idempotency_key: 'NULL',
  status: `CASE WHEN ${WAITS} THEN 'pending' ELSE 'expired' END`,
  account_ref: `CASE WHEN n % 50 = 0 THEN lease.account_ref ELSE 'resource:default/account-' || (n % 200) END`,
  account_owner: `CASE WHEN n % 50 = 0 THEN lease.account_owner ELSE 'group:default/team-' || (n % 40) END`,
  requested_at: AT,
  lapses_at: `CASE WHEN ${WAITS} THEN lease.lapses_at ELSE ${AT} + 28800000 END`,
  active_from: `CASE WHEN ${WAITS} THEN NULL ELSE ${AT} END`,
  expires_at: `CASE WHEN ${WAITS} THEN NULL ELSE ${AT} + 3600000 END`,
  closed_at: `CASE WHEN ${WAITS} THEN NULL ELSE ${AT} + 3600000 END`,
  review_state: `CASE WHEN ${WAITS} THEN 'none' WHEN ${IN_REVIEW} THEN 'open' ELSE 'accepted' END`,
  review_due_at: `CASE WHEN ${WAITS} THEN NULL ELSE ${AT} + 259200000 END`,
};

/**
 * Fills `leases` with copies of one, spread over people, accounts, states and three
 * years: mostly closed and reviewed, a few that wait.
 */
export async function seedLeases(
  knex: Knex,
  likeId: string,
  count: number,
): Promise<void> {
  const columns = Object.keys(
    await knex('leases').where({ id: likeId }).first(),
  );
  const [{ seeded }] = await knex('leases')
    .where('id', 'like', '01000%')
    .count({ seeded: '*' });
  const first = Number(seeded);
  const kept = columns.map(column => OTHERS[column] ?? `lease."${column}"`);
  for (let start = first; start < first + count; start += BATCH) {
    const end = Math.min(start + BATCH, first + count);
    await knex.raw(
      `INSERT INTO leases (${columns.map(column => `"${column}"`).join(', ')})
       SELECT ${kept.join(', ')}
       FROM leases AS lease, generate_series(?::bigint, ?::bigint) AS n
       WHERE lease.id = ?`,
      [start, end - 1, likeId],
    );
  }
  await knex.raw('ANALYZE leases');
}
