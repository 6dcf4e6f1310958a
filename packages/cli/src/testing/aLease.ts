import type { LeaseDetail } from 'backstage-plugin-break-glass-common';

export const NOW = Date.parse('2026-10-01T12:00:00.000Z');
const yes = { allowed: true, reasons: [] };

/** A pending lease as the portal shows it to one who may decide. */
export function aLease(changes: Partial<LeaseDetail> = {}): LeaseDetail {
  return {
    id: '01M3VNBWG0VWRFHRB92BTVC5AT',
    status: 'pending',
    approvalKind: 'people',
    account: {
      ref: 'resource:default/payroll',
      title: 'Payroll',
      accountId: '111122223333',
      partition: 'aws',
      region: 'eu-central-1',
    },
    role: {
      id: 'break-glass',
      title: 'Break glass',
      arn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
    },
    profile: { id: 'unlock-bucket', title: 'Unlock a bucket', parameters: {} },
    requester: { ref: 'user:default/mary', displayName: 'Mary Novak' },
    reason: 'Alice is locked out',
    term: { durationMinutes: 60 },
    scopeHash: 'ab'.repeat(32),
    requestedAt: '2026-10-01T11:50:00.000Z',
    lapsesAt: '2026-10-01T19:50:00.000Z',
    approvalsMissing: 1,
    kill: 'none',
    review: { state: 'none', overdue: false },
    sessionCount: 0,
    extensionAsked: false,
    version: 1,
    order: 'parallel',
    steps: [
      {
        id: 'second-admin',
        title: 'Second cloud admin',
        count: 1,
        from: ['group:default/cloud-admins'],
        exclude: [],
        words: 'One other person.',
        approvals: 0,
        met: false,
        candidates: [
          { ref: 'user:default/daniel', displayName: 'Daniel Weiss' },
        ],
        candidateCount: 1,
      },
    ],
    decisions: [],
    sessions: [],
    policy: { services: [], document: { Statement: [] }, size: 10 },
    reviews: [],
    extensions: [],
    extendable: 0,
    actions: {
      decide: yes,
      approve: yes,
      cancel: yes,
      end: yes,
      revoke: yes,
      extend: yes,
      issue: yes,
      review: yes,
      assign: yes,
      reopen: yes,
    },
    hints: [],
    ...changes,
  };
}

/** What a list shows of a lease. */
export function summaryOf(lease: LeaseDetail): Record<string, unknown> {
  const summary: Record<string, unknown> = { ...lease };
  const detail =
    'version order steps decisions sessions policy reviews extensions extendable actions hints';
  detail.split(' ').forEach(key => delete summary[key]);
  return summary;
}
