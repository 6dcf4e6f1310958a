import { LeaseRow, Stores } from '../database/types';
import { conflictError } from '../errors';

/**
 * Only leases under which nothing was issued can be accepted together, and never
 * one that its requester activated alone (I1).
 * @throws ConflictError `has-sessions`
 */
export async function assertBulk(
  stores: Pick<Stores, 'sessions'>,
  lease: Pick<LeaseRow, 'id' | 'approvalKind'>,
): Promise<void> {
  if (lease.approvalKind === 'emergency') {
    throw conflictError(
      'has-sessions',
      'An emergency lease is reviewed by itself. Open it.',
    );
  }
  const sessions = await stores.sessions.ofLeases([lease.id]);
  if (sessions.some(session => session.state !== 'refused')) {
    throw conflictError(
      'has-sessions',
      'Sessions were issued under this lease: its evidence has to be looked at. Open it.',
    );
  }
}
