/**
 * Channel on which the backend tells open pages that a lease changed.
 * Messages carry the lease id only, never content: pages fetch again.
 */
export const LEASE_SIGNAL_CHANNEL = 'break-glass:leases';

/** A message on {@link LEASE_SIGNAL_CHANNEL}: what changed, a lease or an unbrokered use. */
export type LeaseSignal = { leaseId?: string; unbrokeredId?: string };
