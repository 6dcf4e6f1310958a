import { Knex } from 'knex';
import { LeaseCriteria, LeaseCriterion } from './leaseCriteria';
import { Millis } from './types';
import { whereDecidable } from './whereDecidable';
import { whereStatus } from './whereStatus';

/** Adds what a policy asks of leases, nested as it is. */
export function whereCriteria(
  query: Knex.QueryBuilder,
  criteria: LeaseCriteria,
  now: Millis,
): void {
  if ('anyOf' in criteria) {
    query.where(any => {
      any.whereRaw('1 = 0');
      for (const each of criteria.anyOf) {
        any.orWhere(one => whereCriteria(one, each, now));
      }
    });
  } else if ('allOf' in criteria) {
    query.where(all => {
      all.whereRaw('1 = 1');
      for (const each of criteria.allOf) {
        all.where(one => whereCriteria(one, each, now));
      }
    });
  } else if ('not' in criteria) {
    query.whereNot(inner => whereCriteria(inner, criteria.not, now));
  } else {
    query.where(one => whereCriterion(one, criteria, now));
  }
}

function whereCriterion(
  query: Knex.QueryBuilder,
  criterion: LeaseCriterion,
  now: Millis,
): void {
  const lists: Array<[string, string[] | undefined]> = [
    ['requester', criterion.requesters],
    ['beneficiary', criterion.beneficiaries],
    ['account_owner', criterion.accountOwners],
    ['account_ref', criterion.accountRefs],
    ['role_id', criterion.roleIds],
  ];
  query.whereRaw('1 = 1');
  for (const [column, values] of lists) {
    if (values) {
      // Without a value there is no match, and its opposite is one.
      query.whereNotNull(column).whereIn(column, values);
    }
  }
  if (criterion.statuses) {
    whereStatus(query, criterion.statuses, now);
  }
  if (criterion.decidable) {
    const { notOf, ...decidable } = criterion.decidable;
    whereDecidable(query, decidable);
    query
      .whereNotIn('requester', notOf)
      .where(other =>
        other.whereNull('beneficiary').orWhereNotIn('beneficiary', notOf),
      );
  }
}
