import { LeaseDetail, LeaseRequest } from 'backstage-plugin-break-glass-common';
import { TestPortal } from './startTestPortal';

/** What Mary asks for in the main job, and what a test changes of it. */
export function aRequest(change: Partial<LeaseRequest> = {}): LeaseRequest {
  return {
    accountRef: 'resource:default/payroll',
    roleId: 'break-glass',
    profileId: 's3-kms-iam',
    profileParameters: {},
    reason: 'The bucket policy of payroll-reports locks everybody out',
    ticket: 'SUP-1234',
    beneficiary: 'user:default/alice',
    durationMinutes: 120,
    ...change,
  };
}

/** A request of a person that waits for a decision. */
export function aPendingLease(
  portal: TestPortal,
  change: Partial<LeaseRequest> = {},
  requester = 'mary',
): Promise<LeaseDetail> {
  return portal.as(requester, 'requestLease', { body: aRequest(change) });
}

/** The body with which a page decides on what it shows. */
export function decisionOn(
  lease: LeaseDetail,
  verdict: 'approve' | 'reject' = 'approve',
) {
  return {
    params: { id: lease.id },
    body: { verdict, scopeHash: lease.scopeHash, term: lease.term },
  };
}

/** A lease that was asked for and approved. */
export async function anActiveLease(
  portal: TestPortal,
  change: Partial<LeaseRequest> = {},
  requester = 'mary',
  approver = 'daniel',
): Promise<LeaseDetail> {
  const pending = await aPendingLease(portal, change, requester);
  return portal.as(approver, 'decideLease', decisionOn(pending));
}
