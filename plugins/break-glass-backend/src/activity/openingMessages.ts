import { Principals } from '../config/types';
import { EvidenceRow, LeaseRow, OutboxMessage } from '../database/types';
import { leasePath } from '../leases/notices';

/** Tells the reviewers that the evidence of a lease waits for them. */
export function openingMessages(
  reviewers: Principals,
  lease: LeaseRow,
  evidence: EvidenceRow,
): OutboxMessage[] {
  const recipients = [...reviewers.groups, ...reviewers.users];
  if (recipients.length === 0) {
    return [];
  }
  return [
    {
      kind: 'notification',
      recipients,
      title: `A lease on ${lease.accountTitle} is ready for review`,
      description:
        evidence.state === 'complete'
          ? `${lease.roleTitle} with ${lease.profileTitle}. The evidence is complete.`
          : `${lease.roleTitle} with ${lease.profileTitle}. Parts of the evidence are missing.`,
      link: leasePath(lease.id),
      severity: evidence.state === 'complete' ? 'normal' : 'high',
      topic: 'break-glass',
      scope: `break-glass:${lease.id}:review`,
    },
  ];
}
