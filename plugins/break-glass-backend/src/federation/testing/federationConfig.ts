import {
  BreakGlassConfig,
  ProfileConfig,
  RoleConfig,
} from '../../config/types';

const NOBODY = { groups: [], users: [], accountOwner: false };
const IAM = 'arn:${partition}:iam::${accountId}';
const KILL: RoleConfig['kill'] = {
  type: 'boundary',
  policyArn: `${IAM}:policy/break-glass/BreakGlassBoundary`,
  killerRoleArn: `${IAM}:role/break-glass/BreakGlassKiller`,
};

const breakGlass: RoleConfig = {
  id: 'break-glass',
  title: 'Break glass',
  description: '',
  arn: `${IAM}:role/break-glass/BreakGlassAdmin`,
  access: 'lease',
  eligible: { ...NOBODY, groups: ['group:default/cloud-admins'] },
  profiles: ['s3', 'full'],
  approvalPolicy: 'second-admin',
  approvalOverrides: [],
  maxDurationMinutes: 240,
  suggestedDurationMinutes: [60],
  pendingTimeoutMinutes: 480,
  maxSessionSeconds: 3_600,
  kill: KILL,
};

const operator: RoleConfig = {
  ...breakGlass,
  id: 'operator',
  title: 'Operator',
  arn: `${IAM}:role/break-glass/Operator`,
  access: 'standing',
  eligible: { ...NOBODY, accountOwner: true },
  profiles: [],
  approvalPolicy: undefined,
};

function profile(
  id: string,
  actions: string[],
  change: Partial<ProfileConfig> = {},
): ProfileConfig {
  return {
    id,
    title: id,
    description: '',
    statements: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
    managedPolicyArns: [],
    parameters: [],
    chaining: false,
    residueReviewed: false,
    ...change,
  };
}

/** Configuration of the demo world's broker, roles and profiles, with every AWS endpoint at `url`. */
export function federationConfig(url: string): BreakGlassConfig {
  const endpoints = {
    sts: url,
    iam: url,
    signIn: `${url}/federation`,
    console: `${url}/console/`,
  };
  return {
    trust: { accounts: [], people: [] },
    partitions: {
      aws: { brokerAccountId: '555566667777', endpoints },
      'aws-us-gov': { brokerAccountId: '888899990000', endpoints },
    },
    issuer: 'http://localhost:3000',
    freezes: [],
    limits: { requestsPerHour: 1_000, sessionsPerHour: 1_000 },
    approvals: { remindAfterMinutes: 60, escalateTo: NOBODY },
    controlPlaneAccountIds: ['555566667777'],
    externalIds: { '222233334444': 'bg-payments' },
    defaultRegions: { aws: 'eu-central-1', 'aws-us-gov': 'us-gov-west-1' },
    sourceIdentity: true,
    sessionTags: true,
    roles: structuredClone([breakGlass, operator]),
    profiles: [
      profile('s3', ['s3:*', 'iam:GetRole', 'iam:GetPolicy'], {
        consolePath: '/s3/buckets',
      }),
      profile('full', ['*']),
    ],
    approvalPolicies: [{ id: 'second-admin', order: 'parallel', steps: [] }],
    reviewers: NOBODY,
    responders: NOBODY,
    auditors: NOBODY,
    ticket: {
      whenUnavailable: 'refuse',
      required: false,
      pattern: '.*',
      example: 'SUP-1234',
    },
    review: {
      dueMinutes: 60,
      settlingMinutes: 1,
      collectEveryMinutes: 1,
      approverMayReview: false,
      remindBeforeMinutes: 24 * 60,
      remindEveryMinutes: 24 * 60,
      escalateAfterMinutes: 2 * 24 * 60,
      escalateTo: { groups: [], users: [], accountOwner: false },
      maxBytesPerLease: 1024 ** 4,
      maxRecordsPerLook: 100_000,
    },
    kills: { lookEveryMinutes: 5 },
    unbrokered: {
      roleIds: ['break-glass'],
      emergencyUsers: [],
      lookEveryMinutes: 15,
      lookBackMinutes: 2_880,
      dueMinutes: 1_440,
      owner: 'group:default/responders',
      remindBeforeMinutes: 240,
      remindEveryMinutes: 240,
      escalateAfterMinutes: 1_440,
      escalateTo: NOBODY,
      topic: 'break-glass.cloudtrail',
    },
    audit: { anchorEveryMinutes: 1, spoolFile: 'unused' },
  };
}
