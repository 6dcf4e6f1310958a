import { Knex } from 'knex';
import { UnbrokeredFilter } from './types';

/** States that wait for somebody. */
export const WAITING_STATES = ['open', 'justified'];

/** Adds the conditions of a filter of unbrokered uses. */
export function whereUnbrokered(
  query: Knex.QueryBuilder,
  filter: UnbrokeredFilter,
): Knex.QueryBuilder {
  const { states, involving, waitingFor, since, before } = filter;
  if (states) {
    query.whereIn('state', states);
  }
  if (filter.accountRef !== undefined) {
    query.where('account_ref', filter.accountRef);
  }
  if (filter.leaseId !== undefined) {
    query.where('lease_id', filter.leaseId);
  }
  if (filter.seenInLogs !== undefined) {
    query.where('seen_in_logs', filter.seenInLogs);
  }
  if (since !== undefined) {
    query.where('at', '>=', since);
  }
  if (before !== undefined) {
    query.where('at', '<', before);
  }
  if (involving) {
    query.whereIn('owner', involving.owners);
  }
  if (waitingFor) {
    query.where(any => waiting(any, waitingFor));
  }
  return query;
}

/** To be explained by one of the owners, or to be reviewed by somebody who is not involved (I8). */
function waiting(
  any: Knex.QueryBuilder,
  { owners, reviewer }: NonNullable<UnbrokeredFilter['waitingFor']>,
): void {
  any.where(mine => mine.where('state', 'open').whereIn('owner', owners));
  if (reviewer) {
    any.orWhere(judged => {
      judged.where('state', 'justified');
      for (const column of ['owner', 'person', 'justified_by']) {
        judged.where(other =>
          other.whereNull(column).orWhereNotIn(column, reviewer.refs),
        );
      }
    });
  }
}
