import {
  DeleteTrailCommand,
  CloudTrailClient,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { federationConfig } from './testing/federationConfig';
import { asSession, keysOf } from './aws/testing/asSession';
import { ALLOW_ALL, ANYBODY } from './testing/attackerPolicies';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
const IAM = 'arn:aws:iam::111122223333';
const BOUNDARY = `${IAM}:policy/break-glass/BreakGlassBoundary`;
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const TRAIL_BUCKET = 'aws-cloudtrail-logs-555566667777';
const RoleName = 'BreakGlassAdmin';

type Holder = ReturnType<typeof asSession> & { trail: CloudTrailClient };
type Attempt = [string, (aws: Holder) => Promise<unknown>];

/** What protects the lease: no profile may touch it. */
const ON_THE_LEASE: Attempt[] = [
  [
    'remove the kill',
    ({ iam }) =>
      iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: BOUNDARY,
          PolicyDocument: ALLOW_ALL,
          SetAsDefault: true,
        }),
      ),
  ],
  [
    'go back to a version before the kill',
    ({ iam }) =>
      iam.send(
        new SetDefaultPolicyVersionCommand({
          PolicyArn: BOUNDARY,
          VersionId: 'v1',
        }),
      ),
  ],
  [
    'delete a version of the boundary',
    ({ iam }) =>
      iam.send(
        new DeletePolicyVersionCommand({
          PolicyArn: BOUNDARY,
          VersionId: 'v1',
        }),
      ),
  ],
  [
    'take the boundary off',
    ({ iam }) =>
      iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
  ],
  [
    'put another boundary on',
    ({ iam }) =>
      iam.send(
        new PutRolePermissionsBoundaryCommand({
          RoleName,
          PermissionsBoundary: ADMIN,
        }),
      ),
  ],
  [
    'widen the role by an attached policy',
    ({ iam }) =>
      iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ADMIN })),
  ],
  [
    'widen the role by a policy of its own',
    ({ iam }) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: 'wider',
          PolicyDocument: ALLOW_ALL,
        }),
      ),
  ],
  [
    'take the guardrails off',
    ({ iam }) =>
      iam.send(
        new DetachRolePolicyCommand({
          RoleName,
          PolicyArn: BOUNDARY.replace('Boundary', 'Guardrails'),
        }),
      ),
  ],
  [
    'let anybody assume the role',
    ({ iam }) =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName,
          PolicyDocument: ANYBODY,
        }),
      ),
  ],
  [
    'assume another role, to come back after the end',
    ({ sts }) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `${IAM}:role/DataPipeline`,
          RoleSessionName: 'later',
        }),
      ),
  ],
  [
    'assume its own role again, without a profile',
    ({ sts }) =>
      sts.send(
        new AssumeRoleCommand({
          RoleArn: `${IAM}:role/break-glass/${RoleName}`,
          RoleSessionName: 'again',
        }),
      ),
  ],
  [
    'pass a role to what runs on',
    ({ ec2 }) =>
      ec2.send(
        new RunInstancesCommand({
          ImageId: 'ami-1',
          MinCount: 1,
          MaxCount: 1,
          IamInstanceProfile: { Name: 'DataPipeline' },
        }),
      ),
  ],
  [
    'stop the trail',
    ({ trail }) =>
      trail.send(new StopLoggingCommand({ Name: 'break-glass-trail' })),
  ],
  [
    'delete the trail',
    ({ trail }) =>
      trail.send(new DeleteTrailCommand({ Name: 'break-glass-trail' })),
  ],
  [
    'write a record of the trail',
    ({ s3 }) =>
      s3.send(
        new PutObjectCommand({
          Bucket: TRAIL_BUCKET,
          Key: 'AWSLogs/1.json.gz',
          Body: 'forged',
        }),
      ),
  ],
  [
    'delete a record of the trail',
    ({ s3 }) =>
      s3.send(
        new DeleteObjectCommand({
          Bucket: TRAIL_BUCKET,
          Key: 'AWSLogs/1.json.gz',
        }),
      ),
  ],
];

/** What outlives a lease: a profile may say that it is reviewed. */
const LASTING: Attempt[] = [
  [
    'create a user',
    ({ iam }) => iam.send(new CreateUserCommand({ UserName: 'svc-backdoor' })),
  ],
  [
    'create a role that others trust',
    ({ iam }) =>
      iam.send(
        new CreateRoleCommand({
          RoleName: 'backdoor',
          AssumeRolePolicyDocument: ANYBODY.replace('"*"', '"555566667777"'),
        }),
      ),
  ],
  [
    'widen another role’s trust',
    ({ iam }) =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'DataPipeline',
          PolicyDocument: ANYBODY.replace('"*"', '"555566667777"'),
        }),
      ),
  ],
];

const denied = expect.objectContaining({
  name: expect.stringMatching(/^(AccessDenied|UnauthorizedOperation)/),
});

/** A session that was issued under a lease of the full profile, or of a profile like it. */
async function held(
  world: FederationWorld,
  change: { residueReviewed?: boolean } = {},
): Promise<Holder> {
  Object.assign(world.config.profiles.find(({ id }) => id === 'full')!, change);
  const lease = await world.activeLease({ profileId: 'full', minutes: 10 });
  const issued = await world
    .federation()
    .sessions.issue(MARY, lease.id, { type: 'credentials' });
  const aws = asSession(world, keysOf(issued));
  return {
    ...aws,
    trail: new CloudTrailClient({
      endpoint: world.sandbox.url,
      region: 'eu-central-1',
      credentials: aws.sts.config.credentials,
      maxAttempts: 1,
      systemClockOffset: world.clock.now() - Date.now(),
    }),
  };
}

/** Names of the attempts that did not end with a refusal. */
async function passed(aws: Holder, attempts: Attempt[]): Promise<string[]> {
  const names: string[] = [];
  for (const [name, attempt] of attempts) {
    const error = await attempt(aws).then(
      () => undefined,
      each => each,
    );
    if (!denied.asymmetricMatch(error)) {
      names.push(`${name}: ${error ?? 'done'}`);
    }
  }
  return names;
}

describeFederation(aWorld => {
  it('I14: pitfall 36: the holder of a full lease can neither touch what protects it, nor leave anything behind', async () => {
    const aws = await held(await aWorld());
    expect(await passed(aws, [...ON_THE_LEASE, ...LASTING])).toEqual([]);
  });

  it('I14: pitfall 36: where residue is reviewed, it passes; what protects the lease is as closed as before', async () => {
    const aws = await held(await aWorld(), { residueReviewed: true });
    expect(await passed(aws, ON_THE_LEASE)).toEqual([]);
    const lasting = await passed(aws, LASTING);
    expect(lasting).toEqual(LASTING.map(([name]) => `${name}: done`));
    await aws.iam.send(
      new CreateAccessKeyCommand({ UserName: 'svc-backdoor' }),
    );
  });

  it('I14: pitfall 36: a bucket policy that names the session gives its holder neither more than the profile nor more time', async () => {
    const world = await aWorld();
    const { config } = world;
    const [profile] = federationConfig('unused').profiles;
    config.profiles[0] = {
      ...profile,
      statements: [
        { Effect: 'Allow', Action: 's3:PutBucketPolicy', Resource: '*' },
      ],
    };
    const lease = await world.activeLease({ minutes: 10 });
    const issued = await world
      .federation()
      .sessions.issue(MARY, lease.id, { type: 'credentials' });
    const { s3 } = asSession(world, keysOf(issued));
    const Bucket = 'payroll-archive';
    const session = `arn:aws:sts::111122223333:assumed-role/${RoleName}/${issued.session.sessionName}`;
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: session },
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
        },
      ],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));

    await expect(
      s3.send(new GetObjectCommand({ Bucket, Key: '2025/summary.csv' })),
    ).rejects.toEqual(denied);
    world.clock.pass(10);
    await expect(
      asSession(world, keysOf(issued)).s3.send(
        new PutBucketPolicyCommand({ Bucket, Policy }),
      ),
    ).rejects.toEqual(denied);
  });

  it('I14: pitfall 36: nothing of all that works after the lease’s end either', async () => {
    const world = await aWorld();
    const aws = await held(world, { residueReviewed: true });
    world.clock.pass(10);
    // The clients sign with the time of AWS, which has moved.
    const offset = world.clock.now() - Date.now();
    Object.values(aws).forEach(client => {
      client.config.systemClockOffset = offset;
    });
    expect(await passed(aws, [...ON_THE_LEASE, ...LASTING])).toEqual([]);
  });
});
