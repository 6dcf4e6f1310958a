import { monotonicFactory } from 'ulid';
import {
  ActivityEventRow,
  DecisionRow,
  EvidenceRow,
  LeaseRow,
  ReviewRow,
  SessionRow,
} from '../database/types';

/** When the rows of tests were made: 2026-10-01T12:00:00Z. */
export const NOON = Date.UTC(2026, 9, 1, 12);

const MINUTE = 60_000;
const HASH = 'a'.repeat(64);
const nextId = monotonicFactory();

/** A new ULID, later in order than those before it. */
export const anId = (): string => nextId(NOON);

/** A pending lease of Mary's for Alice, of two hours. */
export function aLeaseRow(change: Partial<LeaseRow> = {}): LeaseRow {
  const id = change.id ?? anId();
  const requester = change.requester ?? 'user:default/mary';
  return {
    id,
    version: 1,
    status: 'pending',
    approvalKind: 'people',
    requester,
    requesterKey: requester,
    beneficiary: 'user:default/alice',
    beneficiaryKey: 'user:default/alice',
    accountRef: 'resource:default/payroll',
    accountTitle: 'Payroll',
    accountId: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    accountOwner: 'group:default/payroll-developers',
    roleId: 'break-glass',
    roleTitle: 'Break glass',
    roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
    approvalPolicyId: 'second-admin',
    profileId: 's3-kms-iam',
    profileTitle: 'S3, KMS and IAM',
    profileParameters: { bucket: 'payroll-exports' },
    reason: 'Alice is locked out of the exports bucket',
    ticket: 'SUP-1234',
    scope: aScope(id, requester),
    scopeHash: HASH,
    durationMinutes: 120,
    requestedAt: NOON,
    lapsesAt: NOON + 8 * 60 * MINUTE,
    kill: 'none',
    reviewState: 'none',
    ...change,
  };
}

function aScope(leaseId: string, requester: string): LeaseRow['scope'] {
  return {
    leaseId,
    requester,
    reason: 'Alice is locked out of the exports bucket',
    partition: 'aws',
    accountId: '111122223333',
    roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
    profileId: 's3-kms-iam',
    profileParameters: { bucket: 'payroll-exports' },
    statements: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    region: 'eu-west-1',
    chaining: false,
    residueReviewed: false,
    managedPolicies: {},
    approvalPolicy: { id: 'default', order: 'parallel', steps: [] },
  };
}

/** A lease that is active from noon for two hours. */
export function anActiveLeaseRow(change: Partial<LeaseRow> = {}): LeaseRow {
  return aLeaseRow({
    status: 'approved',
    activeFrom: NOON,
    expiresAt: NOON + 120 * MINUTE,
    ...change,
  });
}

/** Daniel's approval. */
export function aDecisionRow(
  change: Partial<DecisionRow> & { leaseId: string },
): DecisionRow {
  const person = change.person ?? 'user:default/daniel';
  return {
    id: anId(),
    stepId: 'peer',
    person,
    personKey: person,
    verdict: 'approve',
    scopeHash: HASH,
    durationMinutes: 120,
    decidedAt: NOON + MINUTE,
    ordinal: 1,
    ...change,
  };
}

/** Credentials that were issued to Mary for an hour. */
export function aSessionRow(change: Partial<SessionRow> = {}): SessionRow {
  const id = change.id ?? anId();
  return {
    id,
    requester: 'user:default/mary',
    accountRef: 'resource:default/payroll',
    accountId: '111122223333',
    partition: 'aws',
    roleId: 'break-glass',
    roleArn: 'arn:aws:iam::111122223333:role/BreakGlass',
    type: 'credentials',
    state: 'issued',
    sessionName: `mary@${change.leaseId ?? 'standing'}`,
    // AWS gives no key twice.
    accessKeyId: `ASIA${id.slice(-16).toUpperCase()}`,
    requestedAt: NOON,
    issuedAt: NOON,
    expiresAt: NOON + 60 * MINUTE,
    ...change,
  };
}

/** A bucket policy that was written. */
export function anActivityRow(
  change: Partial<ActivityEventRow> & { leaseId: string },
): ActivityEventRow {
  const eventId = change.eventId ?? `event-${anId()}`;
  return {
    eventId,
    at: NOON + MINUTE,
    service: 's3',
    action: 'PutBucketPolicy',
    region: 'eu-west-1',
    accessLevel: 'permissions-management',
    refused: false,
    resources: ['arn:aws:s3:::payroll-exports'],
    sourceIp: '192.0.2.7',
    userAgent: 'aws-cli/2.9.19',
    viaConsole: false,
    chained: false,
    sensitive: [],
    record: { eventID: eventId },
    ...change,
  };
}

/** Evidence that is still arriving. */
export function anEvidenceRow(
  change: Partial<EvidenceRow> & { leaseId: string },
): EvidenceRow {
  return {
    state: 'collecting',
    words: 'Logs are still arriving',
    lastLookAt: NOON,
    nextLookAt: NOON + 5 * MINUTE,
    source: 'duckdb',
    regions: ['eu-west-1'],
    dataEvents: 'unknown',
    filesRead: 3,
    unreadable: [],
    notes: [],
    blindSpots: [],
    writes: 0,
    refused: 0,
    sensitive: 0,
    residueOpen: 0,
    networks: [],
    sessionsMissing: [],
    eventCount: 0,
    hash: HASH,
    ...change,
  };
}

/** Rita's acceptance. */
export function aReviewRow(
  change: Partial<ReviewRow> & { leaseId: string },
): ReviewRow {
  return {
    id: anId(),
    reviewer: 'user:default/rita',
    verdict: 'accepted',
    comment: 'Matches the ticket',
    checklist: {
      ended: true,
      matchesReason: true,
      rotated: false,
      lessons: false,
    },
    followUps: [{ title: 'Put the policy right in code' }],
    evidenceHash: HASH,
    at: NOON + 180 * MINUTE,
    ...change,
  };
}
