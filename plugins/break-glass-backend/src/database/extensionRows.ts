import { DecisionRow, Millis } from './leaseRows';

/** One row of `extensions`: more time for an active lease. */
export interface ExtensionRow {
  id: string;
  leaseId: string;
  /** As stored; one that waits on a lease that is over has lapsed. */
  status: 'pending' | 'approved' | 'rejected' | 'cancelled';
  reason: string;
  /** Length of the lease before and after it, in minutes. */
  fromMinutes: number;
  toMinutes: number;
  requestedAt: Millis;
  settledAt?: Millis;
}

/** One row of `extension_decisions`: a decision on the new term. */
export type ExtensionDecisionRow = DecisionRow & { extensionId: string };
