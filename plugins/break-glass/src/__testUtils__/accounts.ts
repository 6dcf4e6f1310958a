import {
  AccountDetail,
  accountDetailSchema,
  AccountRole,
  IssuedSession,
  issuedSessionSchema,
  LeasePreview,
  leasePreviewSchema,
  Me,
  meSchema,
} from 'backstage-plugin-break-glass-common';
import { afterNoon, mary, NOON, services, step, yes } from './leases';

/** The break-glass role of the payroll account, for somebody who is eligible. */
export function leaseRole(part: Partial<AccountRole> = {}): AccountRole {
  return {
    id: 'break-glass',
    title: 'Break-glass admin',
    description: 'Everything that a profile lets through.',
    roleName: 'BreakGlassAdmin',
    access: 'lease',
    eligible: yes,
    eligiblePeople: 'members of cloud-admins',
    profiles: [
      {
        id: 's3-kms-iam',
        title: 'S3, KMS and IAM',
        description: 'Storage, keys and identities',
        services,
        parameters: [],
        managedPolicyArns: [],
        chaining: false,
        residueReviewed: false,
      },
    ],
    durationMinutes: { min: 15, max: 240, suggested: [30, 60, 120, 240] },
    approvalPolicies: [
      {
        id: 'peer',
        words: 'One other person: a member of Cloud admins.',
        order: 'parallel',
        steps: [],
        profileIds: ['s3-kms-iam'],
      },
    ],
    kill: 'boundary',
    openLeases: [],
    ...part,
  };
}

/** A role that needs no lease. */
export function standingRole(part: Partial<AccountRole> = {}): AccountRole {
  return leaseRole({
    id: 'read-only',
    title: 'Read only',
    description: 'Looks, touches nothing.',
    access: 'standing',
    approvalPolicies: [],
    ...part,
  });
}

/** The payroll account; checked against the contract. */
export function account(part: Partial<AccountDetail> = {}): AccountDetail {
  return accountDetailSchema.parse({
    ref: 'resource:default/payroll',
    title: 'payroll',
    accountId: '111122223333',
    partition: 'aws',
    region: 'eu-central-1',
    owner: 'group:default/payroll-developers',
    controlPlane: false,
    problems: [],
    stops: [],
    roles: [leaseRole(), standingRole()],
    ticket: { required: true, pattern: '^SUP-\\d+$', example: 'SUP-1234' },
    supportUrl: 'https://tickets.example.com/new',
    ...part,
  });
}

/** A preview without problems; checked against the contract. */
export function preview(part: Partial<LeasePreview> = {}): LeasePreview {
  return leasePreviewSchema.parse({
    eligible: yes,
    policy: {
      services,
      document: { Version: '2012-10-17', Statement: [] },
      size: 321,
      limit: 2048,
    },
    durationMinutes: 60,
    endsAt: afterNoon(60),
    lapsesAt: afterNoon(480),
    order: 'parallel',
    steps: [step],
    warnings: [],
    problems: [],
    ...part,
  });
}

/** Mary, who waits for nothing. */
export function me(part: Partial<Me> = {}): Me {
  return meSchema.parse({
    ref: mary.ref,
    displayName: mary.displayName,
    groups: ['group:default/cloud-admins'],
    eligibleRoles: ['break-glass'],
    stops: [],
    approver: true,
    reviewer: true,
    responder: false,
    auditor: true,
    open: { approvals: 0, reviews: 0, mine: 0, unbrokered: 0, followUps: 0 },
    ...part,
  });
}

export const SECRET = 'wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY';
export const TOKEN = 'FwoGZXIvYXdzEXAMPLETOKENxxxxxxxxxxxxxxxx';
export const CONSOLE_URL =
  'https://eu-central-1.signin.aws.amazon.com/federation?SigninToken=x';

const sessionBase = (type: 'credentials' | 'console') => ({
  region: 'eu-central-1',
  warnings: [],
  session: {
    id: '01K6FJ00000000000000000009',
    type,
    state: 'issued',
    requester: mary.ref,
    sessionName: 'mary@01K6FJ00000000000000000001',
    accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
    requestedAt: NOON,
    issuedAt: NOON,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  },
});

/** Credentials as issued, valid for an hour. */
export function issuedCredentials(): IssuedSession {
  return issuedSessionSchema.parse({
    type: 'credentials',
    ...sessionBase('credentials'),
    credentials: {
      accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      secretAccessKey: SECRET,
      sessionToken: TOKEN,
      expiration: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
}

/** A console session as issued. */
export function issuedConsole(consoleUrl = CONSOLE_URL): IssuedSession {
  return issuedSessionSchema.parse({
    type: 'console',
    ...sessionBase('console'),
    consoleUrl,
  });
}
