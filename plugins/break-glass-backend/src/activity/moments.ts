import { TimelineEntry } from 'backstage-plugin-break-glass-common';
import {
  AuditRow,
  DecisionRow,
  LeaseRow,
  Millis,
  ReviewRow,
  SessionRow,
} from '../database/types';
import { decisionView, iso, sessionView } from '../leases/leaseView';
import { isClosed, statusAt } from '../leases/lifecycle';

/** Something that happened to a lease, beside the events in AWS. */
export interface Moment {
  at: Millis;
  /** Its place among moments of the same instant; no two are the same. */
  key: string;
  entry: TimelineEntry;
}

/** Everything that happened to a lease but its activity, oldest first. There are few, so they need no pages. */
export function momentsOf(
  lease: LeaseRow,
  rows: {
    decisions: DecisionRow[];
    sessions: SessionRow[];
    reviews: ReviewRow[];
    /** Entries of the audit log that say so. */
    reopened: AuditRow[];
  },
  now: Millis,
): Moment[] {
  const moments = [
    ...leaseMoments(lease, now),
    ...rows.decisions.map(row => ({
      at: row.decidedAt,
      key: `2:${row.id}`,
      entry: {
        kind: 'decision' as const,
        at: iso(row.decidedAt),
        decision: decisionView(row),
      },
    })),
    ...rows.sessions.map(row => ({
      at: row.requestedAt,
      key: `4:${row.id}`,
      entry: {
        kind: 'session' as const,
        at: iso(row.requestedAt),
        session: sessionView(row),
      },
    })),
    ...rows.reviews.map(row =>
      leaseMoment(row.at, `7:${row.id}`, 'reviewed', row.reviewer, row.comment),
    ),
    ...rows.reopened.map(({ at, seq, actor, details: { comment } }) =>
      leaseMoment(
        at,
        `8:${String(seq).padStart(16, '0')}`,
        'reopened',
        actor,
        typeof comment === 'string' ? comment : undefined,
      ),
    ),
  ];
  return moments.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

type What = Extract<TimelineEntry, { kind: 'lease' }>['what'];

function leaseMoment(
  at: Millis,
  key: string,
  what: What,
  by?: string,
  comment?: string,
): Moment {
  return {
    at,
    key,
    entry: { kind: 'lease', at: iso(at), what, by, comment },
  };
}

function leaseMoments(lease: LeaseRow, now: Millis): Moment[] {
  const { requestedAt, requester, reason, activeFrom } = lease;
  const moments = [
    leaseMoment(requestedAt, '1', 'requested', requester, reason),
  ];
  const status = statusAt(lease, now);
  const over = isClosed(status);
  const endedAt = over ? endOf(lease, status) : undefined;
  if (activeFrom !== undefined && activeFrom <= (endedAt ?? now)) {
    moments.push(leaseMoment(activeFrom, '3', 'activated'));
  }
  if (over) {
    moments.push(
      leaseMoment(
        endedAt!,
        '5',
        status as What,
        lease.closedBy,
        lease.closeComment,
      ),
    );
  }
  const killedAt = lease.killProbedAt ?? lease.killAcceptedAt;
  if (killedAt !== undefined) {
    moments.push(leaseMoment(killedAt, '6', 'killed'));
  }
  return moments;
}

/** What the clock decided happened when the clock said so, whenever a job recorded it. */
function endOf(lease: LeaseRow, status: string): Millis {
  if (status === 'lapsed') {
    return lease.lapsesAt;
  }
  return (
    (status === 'expired' ? lease.expiresAt : lease.closedAt) ?? lease.lapsesAt
  );
}
