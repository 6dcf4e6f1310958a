import { LeaseRow, OutboxMessage, ReviewRow } from '../database/types';
import { leasePath } from '../leases/notices';

/** Tells the requester, and open pages, of a verdict. The comment is read on the page. */
export function reviewMessages(
  lease: LeaseRow,
  review: ReviewRow,
): OutboxMessage[] {
  const flagged = review.verdict === 'flagged';
  return [
    {
      kind: 'notification',
      recipients: [lease.requester],
      title: flagged
        ? `Your lease on ${lease.accountTitle} was flagged in review`
        : `Your lease on ${lease.accountTitle} was reviewed and accepted`,
      description: flagged
        ? 'Open the lease to read what is to be followed up.'
        : 'Open the lease to read the comment.',
      link: leasePath(lease.id),
      severity: flagged ? 'high' : 'low',
      topic: 'break-glass',
      scope: `break-glass:${lease.id}:review`,
    },
    { kind: 'signal', leaseId: lease.id },
  ];
}
