import { Person } from '../accounts/types';
import { LeaseRow } from '../database/types';
import { Caller, LeaseDependencies, personOf } from './dependencies';
import { mayRead } from './explain';
import { leaseUnknown } from './leaseUnknown';

/**
 * A lease that was read, as far as a person may see it.
 * @throws NotFoundError `lease-unknown`, also for what they may not see.
 */
export function assertReadable<T extends { row: LeaseRow }>(
  { config }: Pick<LeaseDependencies, 'config'>,
  person: Person,
  id: string,
  found: T | undefined,
): T {
  if (!found || !mayRead(config, found.row, person)) {
    throw leaseUnknown(id);
  }
  return found;
}

/** Reads a lease for a person. @throws NotFoundError `lease-unknown` */
export async function readLease(
  deps: Pick<LeaseDependencies, 'config' | 'database' | 'people'>,
  caller: Caller,
  id: string,
): Promise<{ person: Person; row: LeaseRow }> {
  const person = await personOf(deps.people, caller);
  const row = await deps.database.leases.get(id);
  return { person, ...assertReadable(deps, person, id, row && { row }) };
}
