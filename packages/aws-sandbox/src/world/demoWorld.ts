import { withBroker } from './brokerUser';
import { withEmergencyUser } from './emergencyUser';
import { guardrailsPolicy } from './guardrailsPolicy';
import { allow, policy } from './policyWords';
import {
  AccountSeed,
  BucketSeed,
  PolicyJson,
  RoleSeed,
  WorldSeed,
} from './WorldSeed';

const CONTROL_PLANE = '555566667777';
const GOV_BROKER_ACCOUNT = '888899990000';
const TRAIL_BUCKETS: Record<string, { accountId: string; name: string }> = {
  aws: {
    accountId: CONTROL_PLANE,
    name: `aws-cloudtrail-logs-${CONTROL_PLANE}`,
  },
  'aws-us-gov': {
    accountId: GOV_BROKER_ACCOUNT,
    name: `aws-cloudtrail-logs-${GOV_BROKER_ACCOUNT}`,
  },
};

interface DemoAccount {
  id: string;
  partition: string;
  region: string;
  name: string;
  externalId?: string;
}

function brokerOf(partition: string): string {
  return `arn:${partition}:iam::${TRAIL_BUCKETS[partition].accountId}:user/break-glass-broker`;
}

function brokerTrust({ partition, externalId }: DemoAccount): PolicyJson {
  const Principal = { AWS: brokerOf(partition) };
  return policy(
    {
      Effect: 'Allow',
      Principal,
      Action: 'sts:AssumeRole',
      ...(externalId && {
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      }),
    },
    {
      Effect: 'Allow',
      Principal,
      Action: ['sts:SetSourceIdentity', 'sts:TagSession'],
    },
  );
}

function breakGlassRoles(account: DemoAccount): RoleSeed[] {
  const arn = (name: string) =>
    `arn:${account.partition}:iam::${account.id}:policy/break-glass/${name}`;
  const role = (name: string, policies: string[], hours: number): RoleSeed => ({
    path: `/break-glass/${name}`,
    trust: brokerTrust(account),
    attached: [
      ...policies.map(p => `arn:${account.partition}:iam::aws:policy/${p}`),
      arn('BreakGlassGuardrails'),
    ],
    boundary: arn('BreakGlassBoundary'),
    maxSessionDuration: hours * 3_600,
  });
  const killer: RoleSeed = {
    path: '/break-glass/BreakGlassKiller',
    trust: brokerTrust(account),
    inline: {
      KillPolicyVersions: policy(
        allow(
          [
            'iam:GetPolicy',
            'iam:GetPolicyVersion',
            'iam:ListPolicyVersions',
            'iam:CreatePolicyVersion',
            'iam:DeletePolicyVersion',
          ],
          arn('BreakGlassBoundary'),
        ),
      ),
    },
  };
  const reader: RoleSeed = {
    path: '/break-glass/ActivityReader',
    trust: brokerTrust(account),
    inline: { EventHistory: policy(allow(['cloudtrail:LookupEvents'])) },
  };
  return [
    role('BreakGlassAdmin', ['AdministratorAccess'], 4),
    role('ReadOnly', ['ReadOnlyAccess'], 1),
    role('Operator', ['ReadOnlyAccess', 'AmazonEC2FullAccess'], 1),
    killer,
    reader,
  ];
}

function dataPipeline({ id, partition }: DemoAccount): RoleSeed {
  return {
    path: '/DataPipeline',
    trust: policy({
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${id}:root` },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    }),
    inline: { Data: policy(allow(['s3:*'])) },
  };
}

function instanceId(account: DemoAccount): string {
  return account.name === 'payroll'
    ? 'i-0a1b2c3d4e5f60718'
    : `i-0${account.id}0718`;
}

function usable(account: DemoAccount, buckets: BucketSeed[]): AccountSeed {
  const { id, partition, region, name } = account;
  const logs = TRAIL_BUCKETS[partition];
  return {
    id,
    partition,
    region,
    policies: [
      {
        path: '/break-glass/BreakGlassBoundary',
        document: policy(allow(['*'])),
      },
      {
        path: '/break-glass/BreakGlassGuardrails',
        document: guardrailsPolicy({
          accountId: id,
          partition,
          trailBucket: logs.name,
          logAccountId: logs.accountId,
        }),
      },
    ],
    roles: [...breakGlassRoles(account), dataPipeline(account)],
    buckets,
    secrets: { [`${name}/database`]: `sandbox-value-of-${name}-database` },
    instances: [{ id: instanceId(account), type: 't3.small', name }],
    trail: { name: 'break-glass-trail', bucket: logs.name, dataEvents: true },
  };
}

/** Alice's accident: everybody but the break-glass role is locked out of the bucket. */
function lockedOut(name: string, accountId: string): PolicyJson {
  return policy({
    Sid: 'OnlyBreakGlass',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    Condition: {
      StringNotEquals: {
        'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/break-glass/BreakGlassAdmin`,
      },
    },
  });
}

const payrollBuckets: BucketSeed[] = [
  {
    name: 'payroll-reports',
    policy: lockedOut('payroll-reports', '111122223333'),
    objects: {
      '2026/10/salaries.csv': 'employee,month,amount\nE-1001,2026-10,4200\n',
    },
  },
  {
    name: 'payroll-archive',
    objects: { '2025/summary.csv': 'year,total\n2025,1200000\n' },
  },
];

/** The world of the demo: its accounts, roles, guardrails, brokers and data. Its keys are worth nothing elsewhere. */
export function demoWorld(): WorldSeed {
  const account = (
    id: string,
    name: string,
    region = 'eu-central-1',
    more: Partial<DemoAccount> = {},
    buckets: BucketSeed[] = [{ name: `${name}-data` }],
  ) => usable({ id, name, region, partition: 'aws', ...more }, buckets);
  const gov = { partition: 'aws-us-gov' };
  return {
    accounts: [
      account('111122223333', 'payroll', undefined, {}, payrollBuckets),
      withEmergencyUser(
        account('222233334444', 'payments', undefined, {
          externalId: 'bg-payments',
        }),
      ),
      account('333344445555', 'data-lake', 'eu-west-1'),
      account('444455556666', 'gov-payroll', 'us-gov-west-1', gov),
      account('666677778888', 'twin'),
      account('777788889999', 'shadow-payroll'),
      withBroker(
        account(CONTROL_PLANE, 'developer-portal', undefined, {}, [
          { name: TRAIL_BUCKETS.aws.name },
        ]),
        'AKIASANDBOXBROKERAWS',
        'sandbox-broker-secret-commercial',
      ),
      withBroker(
        account(GOV_BROKER_ACCOUNT, 'gov-portal', 'us-gov-west-1', gov, [
          { name: TRAIL_BUCKETS['aws-us-gov'].name },
        ]),
        'AKIASANDBOXBROKERGOV',
        'sandbox-broker-secret-govcloud',
      ),
    ],
  };
}
