import {
  Explanation,
  LeaseActions,
  LeaseDetail,
  leaseDetailSchema,
  LeaseStep,
  LeaseSummary,
  leaseSummarySchema,
  Person,
} from 'backstage-plugin-break-glass-common';

/** 1 October 2026, noon, in UTC. */
export const NOON = '2026-10-01T12:00:00.000Z';
/** An instant `minutes` after {@link NOON}. */
export const afterNoon = (minutes: number) =>
  new Date(Date.parse(NOON) + minutes * 60_000).toISOString();

export const LEASE_ID = '01K6FJ00000000000000000001';
export const SCOPE_HASH = 'a'.repeat(64);
export const EVIDENCE_HASH = 'e'.repeat(64);

export const mary: Person = {
  ref: 'user:default/mary',
  displayName: 'Mary Novak',
};
export const alice: Person = {
  ref: 'user:default/alice',
  displayName: 'Alice Moreau',
};
export const daniel: Person = {
  ref: 'user:default/daniel',
  displayName: 'Daniel Weiss',
};

export const yes: Explanation = { allowed: true, reasons: [] };
export const no = (
  message = 'not now',
  code = 'wrong-status',
): Explanation => ({
  allowed: false,
  reasons: [{ code, message }],
});

export const nothing: LeaseActions = {
  decide: no('You asked for this lease yourself', 'self-approval'),
  approve: no('You asked for this lease yourself', 'self-approval'),
  cancel: no(),
  end: no(),
  revoke: no(),
  extend: no(),
  issue: no(),
  review: no('You are not a reviewer', 'not-reviewer'),
  assign: no('You are not a reviewer', 'not-reviewer'),
  reopen: no(),
};

export const services = [
  {
    service: 's3',
    title: 'Amazon S3',
    accessLevels: ['read' as const, 'permissions-management' as const],
    actions: ['s3:*'],
    resources: ['*'],
  },
];

export const step: LeaseStep = {
  id: 'peer',
  title: 'Another admin',
  count: 1,
  from: ['group:default/cloud-admins'],
  exclude: [],
  words: 'One other member of cloud-admins',
  approvals: 0,
  met: false,
  candidates: [daniel],
  candidateCount: 1,
};

/** A pending lease as lists show it; checked against the contract. */
export function leaseSummary(part: Partial<LeaseSummary> = {}): LeaseSummary {
  return leaseSummarySchema.parse({
    id: LEASE_ID,
    status: 'pending',
    approvalKind: 'people',
    account: {
      ref: 'resource:default/payroll',
      title: 'payroll',
      accountId: '111122223333',
      partition: 'aws',
      region: 'eu-central-1',
    },
    role: {
      id: 'break-glass',
      title: 'Break-glass admin',
      arn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
    },
    profile: { id: 's3-kms-iam', title: 'S3, KMS and IAM', parameters: {} },
    requester: mary,
    beneficiary: alice,
    reason: 'Alice locked herself out of payroll-reports',
    ticket: 'SUP-1234',
    term: { durationMinutes: 120 },
    scopeHash: SCOPE_HASH,
    requestedAt: NOON,
    lapsesAt: afterNoon(480),
    approvalsMissing: 1,
    kill: 'none',
    review: { state: 'none', overdue: false },
    sessionCount: 0,
    extensionAsked: false,
    ...part,
  });
}

/** A pending lease as a person with nothing to do with it sees it; checked against the contract. */
export function leaseDetail(part: Partial<LeaseDetail> = {}): LeaseDetail {
  return leaseDetailSchema.parse({
    ...leaseSummary(),
    version: 1,
    order: 'parallel',
    steps: [step],
    decisions: [],
    sessions: [],
    policy: {
      services,
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
      },
      size: 321,
    },
    reviews: [],
    hints: [],
    extensions: [],
    extendable: 0,
    actions: nothing,
    ...part,
  });
}

/** A lease that is active for two hours. */
export function activeLease(part: Partial<LeaseDetail> = {}): LeaseDetail {
  return leaseDetail({
    status: 'active',
    activeFrom: NOON,
    expiresAt: new Date(Date.now() + 7_200_000).toISOString(),
    approvalsMissing: 0,
    ...part,
  });
}

/** A lease that ended and waits for its review. */
export function endedLease(part: Partial<LeaseDetail> = {}): LeaseDetail {
  return leaseDetail({
    status: 'ended',
    activeFrom: NOON,
    expiresAt: afterNoon(120),
    closedAt: afterNoon(30),
    closedBy: mary.ref,
    approvalsMissing: 0,
    review: { state: 'open', dueAt: afterNoon(72 * 60), overdue: false },
    ...part,
  });
}
