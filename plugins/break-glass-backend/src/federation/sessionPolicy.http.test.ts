import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import {
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
} from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { awsManagedPolicies, whatPoliciesAllow } from 'aws-sandbox';
import fc from 'fast-check';
import { compileProfile } from '../profiles';
import { assemble } from '../profiles/sessionPolicy';
import { CompiledProfile } from '../profiles/types';
import { anAwsAccount } from '../testing/profiles';
import { randomProfiles } from '../testing/randomProfiles';
import { asSession, keysOf } from './aws/testing/asSession';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

/** Give the seed that was printed to run the same again. */
const SEED = Number(
  process.env.BREAK_GLASS_POLICY_SEED ?? Date.now() % 2 ** 31,
);
const RUNS = 25;
const DATA_PIPELINE = 'arn:aws:iam::111122223333:role/DataPipeline';

jest.setTimeout(120_000);

type Session = ReturnType<typeof asSession>;

/** Real calls, each with what policies are asked about it. The role itself may do all of them. */
const CALLS: Array<[string, string, (aws: Session) => Promise<unknown>]> = [
  ['s3:ListAllMyBuckets', '*', ({ s3 }) => s3.send(new ListBucketsCommand({}))],
  [
    's3:ListBucket',
    'arn:aws:s3:::payroll-archive',
    ({ s3 }) =>
      s3.send(new ListObjectsV2Command({ Bucket: 'payroll-archive' })),
  ],
  [
    's3:GetObject',
    'arn:aws:s3:::payroll-archive/2025/summary.csv',
    ({ s3 }) =>
      s3.send(
        new GetObjectCommand({
          Bucket: 'payroll-archive',
          Key: '2025/summary.csv',
        }),
      ),
  ],
  [
    's3:GetBucketPolicy',
    'arn:aws:s3:::payroll-reports',
    ({ s3 }) =>
      s3.send(new GetBucketPolicyCommand({ Bucket: 'payroll-reports' })),
  ],
  [
    'ec2:DescribeInstances',
    '*',
    ({ ec2 }) => ec2.send(new DescribeInstancesCommand({})),
  ],
  [
    'iam:GetRole',
    DATA_PIPELINE,
    ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'DataPipeline' })),
  ],
  [
    'secretsmanager:ListSecrets',
    '*',
    ({ secrets }) => secrets.send(new ListSecretsCommand({})),
  ],
  [
    'secretsmanager:GetSecretValue',
    'the secret',
    ({ secrets }) =>
      secrets.send(new GetSecretValueCommand({ SecretId: 'payroll/database' })),
  ],
  [
    'sts:AssumeRole',
    DATA_PIPELINE,
    ({ sts }) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: DATA_PIPELINE,
          RoleSessionName: 'further',
        }),
      ),
  ],
];

/** Whether AWS let a call pass; anything but a refusal for want of rights is an error here. */
async function passes(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    const { name } = error as Error;
    if (!/^(AccessDenied(Exception)?|UnauthorizedOperation)$/.test(name)) {
      throw error;
    }
    return false;
  }
}

/** What the policy that was passed should come to in these calls, which are made without a second factor. */
function expected(profile: CompiledProfile, secretArn: string): boolean[] {
  const { json, managedPolicyArns } = assemble(profile, {});
  const allows = whatPoliciesAllow([
    json,
    ...managedPolicyArns.map(arn => awsManagedPolicies[arn.split('/').at(-1)!]),
  ]);
  return CALLS.map(([action, resource]) =>
    allows({
      action,
      resource: resource === 'the secret' ? secretArn : resource,
      keys: {
        'aws:RequestedRegion': action.startsWith('iam:')
          ? 'us-east-1'
          : 'eu-central-1',
        'aws:MultiFactorAuthPresent': 'false',
      },
    }),
  );
}

/** ARN of the secret, which the sandbox gives a random end. */
function secretOf(world: FederationWorld): string {
  const { secrets } = world.sandbox.world.account('111122223333');
  return secrets.get('payroll/database')!.arn;
}

describeFederation(aWorld => {
  it(`I14: pitfall 16: ${RUNS} random profiles, issued by STS, let pass over HTTP what they allow until the lease's end, seed ${SEED}`, async () => {
    process.stdout.write(
      `${RUNS} random profiles over HTTP; the same again: BREAK_GLASS_POLICY_SEED=${SEED}\n`,
    );
    const world = await aWorld();
    // With one, a further role takes the right to set it as well.
    world.config.sourceIdentity = false;
    const { sessions } = world.federation();
    await fc.assert(
      fc.asyncProperty(randomProfiles(), async random => {
        const id = 'random';
        const profile = { ...random, id };
        const compiled = compileProfile(profile, anAwsAccount, {
          bucket: 'payroll-archive',
        });
        fc.pre(assemble(compiled, { leaseEndsAt: 0 }).size <= 2_048);
        world.config.profiles = [profile];
        world.config.roles[0].profiles = [id];
        const lease = await world.activeLease({
          profileId: id,
          profileParameters: { bucket: 'payroll-archive' },
          // Less than STS issues: only the policy ends the calls.
          minutes: 10,
        });
        const issued = await sessions.issue(
          { ref: 'user:default/mary' },
          lease.id,
          { type: 'credentials' },
        );
        const ask = async () => {
          const aws = asSession(world, keysOf(issued));
          return Promise.all(CALLS.map(([, , call]) => passes(call(aws))));
        };
        expect(await ask()).toEqual(expected(compiled, secretOf(world)));
        world.clock.pass(10);
        expect(await ask()).toEqual(CALLS.map(() => false));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
