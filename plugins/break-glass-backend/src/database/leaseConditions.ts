import { Knex } from 'knex';
import { LeaseFilter } from './types';
import { whereAwaiting } from './whereAwaiting';
import { whereCriteria } from './whereCriteria';
import { whereDecidable } from './whereDecidable';
import { whereStatus } from './whereStatus';

/** Adds the conditions of a filter; an empty list of something matches nothing. */
export function whereLease(
  query: Knex.QueryBuilder,
  filter: LeaseFilter,
): Knex.QueryBuilder {
  const lists: Array<[string, string[] | undefined]> = [
    ['id', filter.ids],
    ['role_id', filter.roleIds],
    ['review_state', filter.reviewStates],
  ];
  for (const [column, values] of lists) {
    if (values) {
      query.whereIn(column, values);
    }
  }
  if (filter.requester !== undefined) {
    query.where('requester', filter.requester);
  }
  if (filter.accountRef !== undefined) {
    query.where('account_ref', filter.accountRef);
  }
  if (filter.accountId !== undefined) {
    query.where('account_id', filter.accountId);
  }
  if (filter.person !== undefined) {
    const { ref, key } = filter.person;
    query.where(any =>
      any
        .where('requester_key', key)
        .orWhere('beneficiary_key', key)
        .orWhere('requester', ref)
        .orWhere('beneficiary', ref),
    );
  }
  if (filter.from !== undefined) {
    query.where('requested_at', '>=', filter.from);
  }
  if (filter.to !== undefined) {
    query.where('requested_at', '<', filter.to);
  }
  if (filter.statuses) {
    whereStatus(query, filter.statuses, filter.now);
  }
  if (filter.involving) {
    whereInvolving(query, filter.involving);
  }
  wherePerson(query, filter);
  if (filter.permitted) {
    whereCriteria(query, filter.permitted, filter.now);
  }
  return query;
}

/** What one person may read or decide; the rules are those of `leases/explain.ts`. */
function wherePerson(query: Knex.QueryBuilder, filter: LeaseFilter): void {
  const { readable, decidable, notOf, awaiting } = filter;
  if (readable) {
    query.where(any =>
      any
        .where('requester', readable.person)
        .orWhere('beneficiary', readable.person)
        .orWhereIn('account_owner', readable.owners)
        .orWhereIn('approval_policy_id', readable.policyIds),
    );
  }
  if (decidable) {
    whereDecidable(query, decidable);
  }
  if (notOf !== undefined) {
    query
      .whereNot('requester', notOf)
      .where(other =>
        other.whereNull('beneficiary').orWhereNot('beneficiary', notOf),
      );
  }
  if (awaiting) {
    whereAwaiting(query, awaiting.personKey, filter.now);
  }
}

function whereInvolving(query: Knex.QueryBuilder, refs: string[]): void {
  query.where(people =>
    people
      .whereIn('requester', refs)
      .orWhereIn('beneficiary', refs)
      .orWhereIn('account_owner', refs),
  );
}
