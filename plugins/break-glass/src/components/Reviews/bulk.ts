import { LeaseSummary } from 'backstage-plugin-break-glass-common';

/** As many as the backend takes at once. */
export const MAX_BULK = 50;

/**
 * Whether a lease can be accepted together with others: no session was issued
 * under it, and people approved it (I1: an emergency is always looked at alone).
 */
export function canBulk(lease: LeaseSummary): boolean {
  return lease.sessionCount === 0 && lease.approvalKind !== 'emergency';
}
