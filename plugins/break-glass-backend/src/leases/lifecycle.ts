import { LeaseStatus } from 'backstage-plugin-break-glass-common';
import { LeaseRow, Millis } from '../database/types';
import { conflictError } from '../errors';

/** What can happen to a lease. */
export type LeaseEvent =
  | { type: 'approve' }
  | { type: 'reject'; by: string; comment?: string }
  | { type: 'cancel'; by: string; comment?: string }
  | { type: 'lapse' }
  | { type: 'end'; by: string; comment?: string }
  | { type: 'revoke'; by: string; comment?: string }
  | { type: 'expire' };

/** The parts of a lease that its state depends on. */
export type LeaseState = Pick<
  LeaseRow,
  | 'status'
  | 'lapsesAt'
  | 'activeFrom'
  | 'expiresAt'
  | 'startAt'
  | 'durationMinutes'
>;

const MINUTE = 60_000;

/**
 * Status of a lease as the clock says. What a job recorded, or did not record
 * yet, grants and refuses nothing.
 */
export function statusAt(lease: LeaseState, now: Millis): LeaseStatus {
  switch (lease.status) {
    case 'pending':
      return now >= lease.lapsesAt ? 'lapsed' : 'pending';
    case 'approved':
      if (now >= lease.expiresAt!) {
        return 'expired';
      }
      return now < lease.activeFrom! ? 'scheduled' : 'active';
    default:
      return lease.status;
  }
}

/** Whether the lease is over and its activity is for a second person to judge. */
export function isReviewed(status: LeaseStatus): boolean {
  return status === 'expired' || status === 'ended' || status === 'revoked';
}

/** Whether nothing can happen to the lease itself any more. */
export function isClosed(status: LeaseStatus): boolean {
  return status !== 'pending' && status !== 'scheduled' && status !== 'active';
}

const ALLOWED: Record<LeaseEvent['type'], LeaseStatus[]> = {
  approve: ['pending'],
  reject: ['pending'],
  cancel: ['pending', 'scheduled'],
  lapse: ['lapsed'],
  end: ['active'],
  revoke: ['scheduled', 'active'],
  expire: ['expired'],
};

/** Whether an event fits the lease's state now. */
export function canHappen(
  lease: LeaseState,
  type: LeaseEvent['type'],
  now: Millis,
): boolean {
  return ALLOWED[type].includes(statusAt(lease, now));
}

/**
 * What an event changes. Pure: the caller writes the change by compare-and-set.
 * @throws ConflictError `wrong-status` (or `lapsed`) where the event does not fit the state.
 */
export function apply(
  lease: LeaseState,
  event: LeaseEvent,
  now: Millis,
): Partial<LeaseRow> {
  if (!canHappen(lease, event.type, now)) {
    throw wrongStatus(statusAt(lease, now), event.type);
  }
  switch (event.type) {
    case 'approve': {
      const activeFrom = Math.max(now, lease.startAt ?? now);
      return {
        status: 'approved',
        activeFrom,
        expiresAt: activeFrom + lease.durationMinutes * MINUTE,
      };
    }
    case 'reject':
      return closing('rejected', now, event);
    case 'cancel':
      return closing('cancelled', now, event);
    case 'end':
      return closing('ended', now, event);
    case 'revoke':
      return closing('revoked', now, event);
    case 'lapse':
      return { status: 'lapsed', closedAt: lease.lapsesAt };
    case 'expire':
      return { status: 'expired', closedAt: lease.expiresAt };
    default:
      throw new Error(`Unknown event ${(event as LeaseEvent).type}`);
  }
}

function closing(
  status: 'rejected' | 'cancelled' | 'ended' | 'revoked',
  now: Millis,
  event: { by: string; comment?: string },
): Partial<LeaseRow> {
  return {
    status,
    closedAt: now,
    closedBy: event.by,
    closeComment: event.comment,
  };
}

const VERBS: Record<LeaseEvent['type'], string> = {
  approve: 'approved',
  reject: 'rejected',
  cancel: 'cancelled',
  lapse: 'recorded as lapsed',
  end: 'ended',
  revoke: 'revoked',
  expire: 'recorded as expired',
};

/** 409 that names the state the lease is in now. */
export function wrongStatus(status: LeaseStatus, type: LeaseEvent['type']) {
  return conflictError(
    status === 'lapsed' ? 'lapsed' : 'wrong-status',
    `This lease is ${status} and can no longer be ${VERBS[type]}. Reload the page to see what happened.`,
  );
}
