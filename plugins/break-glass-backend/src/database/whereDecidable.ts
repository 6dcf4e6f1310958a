import { Knex } from 'knex';
import { LeaseFilter } from './types';

/** Under policies that ask somebody, or that ask the owners of the account. */
export function whereDecidable(
  query: Knex.QueryBuilder,
  decidable: NonNullable<LeaseFilter['decidable']>,
): void {
  query.where(any =>
    any
      .whereIn('approval_policy_id', decidable.policyIds)
      .orWhere(owned =>
        owned
          .whereIn('approval_policy_id', decidable.ownedPolicyIds)
          .whereNotNull('account_owner')
          .whereIn('account_owner', decidable.owners),
      ),
  );
}
