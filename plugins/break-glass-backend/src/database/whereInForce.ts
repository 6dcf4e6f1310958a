import { Knex } from 'knex';
import { PanicScope } from './types';

/** Keeps of `panics` those in force that stop somebody or something of a scope. */
export function whereInForce(
  query: Knex.QueryBuilder,
  { people, accountId }: PanicScope,
): Knex.QueryBuilder {
  const keys = people.map(({ key }) => key);
  const refs = people.flatMap(({ ref, against }) => [
    ref,
    ...(against?.refs ?? []),
  ]);
  return query.whereNull('lifted_at').where(any =>
    any
      .where('kind', 'all')
      .orWhere(person =>
        person
          .where('kind', 'person')
          .where(one =>
            one.whereIn('target_key', keys).orWhereIn('target_ref', refs),
          ),
      )
      .orWhere(account =>
        account.where('kind', 'account').where('target_key', accountId ?? ''),
      ),
  );
}
