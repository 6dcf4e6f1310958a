import {
  FollowUpRow,
  LeaseRow,
  Millis,
  OutboxMessage,
} from '../database/types';
import { leasePath } from '../leases/notices';

/** Reminds reviewers of a review that is due soon, or was. */
export function reviewReminder(
  lease: LeaseRow,
  recipients: string[],
  now: Millis,
): OutboxMessage[] {
  const overdue = (lease.reviewDueAt ?? now) < now;
  return toReviewers(lease, recipients, {
    title: overdue
      ? `The review of a lease on ${lease.accountTitle} is overdue`
      : `The review of a lease on ${lease.accountTitle} is due soon`,
    description: `${lease.roleTitle} with ${lease.profileTitle}. Open the lease to review it.`,
    severity: overdue ? 'high' : 'normal',
  });
}

/** Tells those above the reviewers that a review stays undone. */
export function escalationMessage(
  lease: LeaseRow,
  recipients: string[],
): OutboxMessage[] {
  return toReviewers(lease, recipients, {
    title: `Nobody reviewed a lease on ${lease.accountTitle}`,
    description: `${lease.roleTitle} with ${lease.profileTitle}. Its review is long overdue: open the lease and give it to somebody.`,
    severity: 'critical',
  });
}

/** Reminds of a follow-up that is overdue. */
export function followUpReminder(
  row: FollowUpRow,
  recipients: string[],
): OutboxMessage[] {
  return recipients.length
    ? [
        {
          kind: 'notification',
          recipients,
          title: `A follow-up on ${row.accountTitle} is overdue`,
          description: 'Open it to read what is to be done.',
          link: row.leaseId
            ? leasePath(row.leaseId)
            : `/break-glass/unbrokered/${row.unbrokeredId}`,
          severity: 'high',
          topic: 'break-glass',
          scope: `break-glass:follow-up:${row.id}`,
        },
      ]
    : [];
}

/** The requester is never asked to have their own lease reviewed: groups are told, not them. */
function toReviewers(
  lease: LeaseRow,
  recipients: string[],
  words: {
    title: string;
    description: string;
    severity: 'normal' | 'high' | 'critical';
  },
): OutboxMessage[] {
  const others = [...new Set(recipients)].filter(
    ref => ref !== lease.requester && ref !== lease.beneficiary,
  );
  return others.length
    ? [
        {
          kind: 'notification',
          recipients: others,
          ...words,
          link: leasePath(lease.id),
          topic: 'break-glass',
          scope: `break-glass:${lease.id}:review-due`,
        },
      ]
    : [];
}
