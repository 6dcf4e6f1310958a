import { Knex } from 'knex';
import { Millis } from './types';

/** The clock's view of a status, as `statusAt` of the leases has it, in SQL. */
export function whereStatus(
  query: Knex.QueryBuilder,
  statuses: string[],
  now: Millis,
): void {
  query.where(any => {
    any.whereRaw('1 = 0');
    for (const status of new Set(statuses)) {
      any.orWhere(one => whereOneStatus(one, status, now));
    }
  });
}

function whereOneStatus(
  query: Knex.QueryBuilder,
  status: string,
  now: Millis,
): void {
  switch (status) {
    case 'pending':
      query.where('status', 'pending').where('lapses_at', '>', now);
      return;
    case 'lapsed':
      query
        .where('status', 'lapsed')
        .orWhere(late =>
          late.where('status', 'pending').where('lapses_at', '<=', now),
        );
      return;
    case 'scheduled':
      query
        .where('status', 'approved')
        .where('active_from', '>', now)
        .where('expires_at', '>', now);
      return;
    case 'active':
      query
        .where('status', 'approved')
        .where('active_from', '<=', now)
        .where('expires_at', '>', now);
      return;
    case 'expired':
      query
        .where('status', 'expired')
        .orWhere(late =>
          late.where('status', 'approved').where('expires_at', '<=', now),
        );
      return;
    default:
      query.where('status', status).whereNot('status', 'approved');
  }
}
