// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { PolicyQuestion } from 'aws-sandbox';
import { AccessLevel } from 'backstage-plugin-break-glass-common';
import fc from 'fast-check';
import { ProfileConfig, StatementConfig } from '../config/types';
import { aProfile } from './profiles';

/** Actions that random profiles and calls are about, with the access level that AWS's documentation gives them. */
export const ACTION_LEVELS: Record<string, AccessLevel> = {
  's3:GetObject': 'read',
  's3:PutObject': 'write',
  's3:GetBucketPolicy': 'read',
  's3:PutBucketPolicy': 'permissions-management',
  's3:ListBucket': 'list',
  's3:ListAllMyBuckets': 'list',
  'ec2:DescribeInstances': 'list',
  'ec2:RunInstances': 'write',
  'secretsmanager:GetSecretValue': 'read',
  'secretsmanager:ListSecrets': 'list',
  'iam:GetRole': 'read',
  'iam:CreateUser': 'write',
  'iam:PassRole': 'write',
  'sts:AssumeRole': 'write',
};

/** Resources that the patterns below tell apart. */
const RESOURCES = [
  '*',
  'arn:aws:s3:::payroll-archive',
  'arn:aws:s3:::payroll-archive/2025/summary.csv',
  'arn:aws:s3:::payroll-archive/note.txt',
  'arn:aws:s3:::payroll-reports',
  'arn:aws:s3:::payroll-reports/a',
  'arn:aws:s3:::payroll-other',
  'arn:aws:s3:::other/2025/a',
  'arn:aws:iam::111122223333:role/DataPipeline',
  'arn:aws:iam::111122223333:role/Other',
  'arn:aws:ec2:eu-central-1:111122223333:instance/*',
  'arn:aws:secretsmanager:eu-central-1:111122223333:secret:payroll/database',
  'arn:aws:sns:eu-central-1:111122223333:topic',
];

const KEYS: Record<string, string>[] = ['eu-central-1', 'us-east-1'].flatMap(
  region =>
    ['true', 'false'].map(mfa => ({
      'aws:RequestedRegion': region,
      'aws:MultiFactorAuthPresent': mfa,
    })),
);

/** Every call that there is: each action on each resource, as policies see it. */
export const CALLS: Required<PolicyQuestion>[] = Object.keys(
  ACTION_LEVELS,
).flatMap(action =>
  RESOURCES.flatMap(resource => KEYS.map(keys => ({ action, resource, keys }))),
);

const PATTERNS = [
  ...Object.keys(ACTION_LEVELS),
  ...['s3:*', 's3:Get*', 's3:*Object', 's3:???Object', 's3:*BucketPolicy'],
  ...['s3:getobject', 'ec2:*', 'ec2:Describe*', 'iam:*', 'iam:Get*'],
  ...['secretsmanager:*', 'sts:*', 'sts:AssumeRole*', '*'],
];

/** With the variables of ours and of AWS, and with wildcards in every place. */
const RESOURCE_PATTERNS = [
  '*',
  ...['arn:${partition}:s3:::${bucket}', 'arn:${partition}:s3:::${bucket}/*'],
  ...['arn:aws:s3:::payroll-*', 'arn:aws:s3:::payroll-reports'],
  ...['arn:aws:s3:::payroll-archive/????/*', 'arn:*:s3:::*/*'],
  'arn:${partition}:iam::${accountId}:role/*',
  'arn:aws:iam::111122223333:role/DataPipeline',
  'arn:${partition}:secretsmanager:${region}:${accountId}:secret:payroll/*',
  'arn:aws:ec2:*:111122223333:instance/*',
];
/** Of a role's session it has no value. In a Deny the sandbox takes that for the worst, AWS does not: it is allowed only. */
const WITH_AWS_VARIABLE = [
  ...RESOURCE_PATTERNS,
  'arn:aws:s3:::${aws:username}/*',
];

const CONDITIONS: NonNullable<StatementConfig['Condition']>[] = [
  { StringEquals: { 'aws:RequestedRegion': '${region}' } },
  { StringNotLike: { 'aws:RequestedRegion': ['us-*', 'ap-*'] } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
];

const some = <T>(from: T[], maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength });

function statements(
  Effect: 'Allow' | 'Deny',
  actions: string[],
): fc.Arbitrary<StatementConfig> {
  return fc
    .record({
      actions: some(actions, 4),
      resources: some(
        Effect === 'Allow' ? WITH_AWS_VARIABLE : RESOURCE_PATTERNS,
        3,
      ),
      notAction: fc.integer({ min: 0, max: 9 }),
      notResource: fc.integer({ min: 0, max: 9 }),
      condition: fc.option(fc.constantFrom(...CONDITIONS), { freq: 3 }),
    })
    .map(
      ({ actions: these, resources, notAction, notResource, condition }) => ({
        Effect,
        [notAction === 0 ? 'NotAction' : 'Action']: these,
        [notResource === 0 ? 'NotResource' : 'Resource']: resources,
        ...(condition && { Condition: condition }),
      }),
    );
}

/** Any profile that the configuration could hold: wildcards, variables, a parameter, conditions, denies, managed policies, flags. */
export function randomProfiles(): fc.Arbitrary<ProfileConfig> {
  return fc
    .record({
      allows: fc.array(statements('Allow', PATTERNS), {
        minLength: 1,
        maxLength: 3,
      }),
      denies: fc.array(
        statements(
          'Deny',
          PATTERNS.filter(pattern => pattern !== '*'),
        ),
        { maxLength: 2 },
      ),
      managed: fc.subarray(
        ['AmazonS3ReadOnlyAccess', 'IAMReadOnlyAccess', 'AmazonEC2FullAccess'],
        { maxLength: 2 },
      ),
      withManaged: fc.boolean(),
      chaining: fc.boolean(),
      residueReviewed: fc.boolean(),
    })
    .map(({ allows, denies, managed, withManaged, ...flags }) =>
      aProfile({
        ...flags,
        statements: [...allows, ...denies],
        managedPolicyArns: withManaged
          ? managed.map(name => `arn:\${partition}:iam::aws:policy/${name}`)
          : [],
      }),
    );
}
