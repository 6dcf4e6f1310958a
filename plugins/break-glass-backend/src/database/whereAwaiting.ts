import { Knex } from 'knex';
import { Millis } from './types';
import { whereStatus } from './whereStatus';

/** Requests and extensions that wait, and on which a person has not decided. */
export function whereAwaiting(
  query: Knex.QueryBuilder,
  personKey: string,
  now: Millis,
): void {
  query.where(any =>
    any
      .where(request => {
        whereStatus(request, ['pending'], now);
        request.whereNotExists(decisions =>
          decisions
            .from('decisions')
            .whereRaw('decisions.lease_id = leases.id')
            .where('decisions.person_key', personKey),
        );
      })
      .orWhere(extended => {
        whereStatus(extended, ['active'], now);
        extended.whereExists(extensions =>
          extensions
            .from('extensions')
            .whereRaw('extensions.lease_id = leases.id')
            .where('extensions.status', 'pending')
            .whereNotExists(decisions =>
              decisions
                .from('extension_decisions')
                .whereRaw('extension_decisions.extension_id = extensions.id')
                .where('extension_decisions.person_key', personKey),
            ),
        );
      }),
  );
}
