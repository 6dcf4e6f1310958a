import { ExtensionRow, LeaseRow, Stores } from '../../database/types';
import { conflictError } from '../../errors';
import { LeaseDependencies } from '../dependencies';
import { leaseUnknown } from '../leaseUnknown';

/** Reads an extension of a lease in the transaction that changes it. @throws NotFoundError `lease-unknown` */
export async function extensionOf(
  stores: Pick<Stores, 'extensions'>,
  row: LeaseRow,
  id: string,
): Promise<ExtensionRow> {
  const all = await stores.extensions.ofLeases([row.id]);
  const found = all.find(each => each.id === id);
  if (!found) {
    throw leaseUnknown(row.id);
  }
  return found;
}

/** Writes the audit entry of something that was done with an extension. */
export async function recordExtension(
  deps: Pick<LeaseDependencies, 'audit' | 'clock'>,
  stores: Stores,
  row: LeaseRow,
  actor: string,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  await deps.audit.record(stores, {
    at: deps.clock.now(),
    actor,
    action,
    outcome: 'done',
    leaseId: row.id,
    accountRef: row.accountRef,
    details,
  });
}

/** 409 where an extension was decided or taken back while it was looked at. */
export function settledMeanwhile(): Error {
  return conflictError(
    'conflict',
    'Somebody was faster. Reload the page to see what happened.',
  );
}
