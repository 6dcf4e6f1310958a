import {
  CreateSnapshotCommand,
  ModifySnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAccessKeyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  ADMIN,
  ALLOW_ALL,
  BOUNDARY,
  failureOf,
  Keys,
  PIPELINE,
  policyText,
  TestSandbox,
} from '../__testUtils__/sandbox';
import { EMERGENCY_USER } from './emergencyUser';

const RESIDUE = 'break-glass:residue';
const REVIEWED = [{ Key: RESIDUE, Value: 'reviewed' }];
const EXPLICIT = /with an explicit deny in an identity-based policy/;
const UserName = 'lasting';
const RoleName = 'BreakGlassAdmin';
const PolicyDocument = policyText(ALLOW_ALL);
const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
const trust = policyText({
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'sts:AssumeRole',
});

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

/** What would outlive a lease. Each needs what is made before it. */
const lasting: [string, (keys: Keys) => Promise<unknown>][] = [
  [
    'create a user',
    keys => aws.iam(keys).send(new CreateUserCommand({ UserName })),
  ],
  [
    'create a key',
    keys => aws.iam(keys).send(new CreateAccessKeyCommand({ UserName })),
  ],
  [
    'give a user a policy',
    keys =>
      aws.iam(keys).send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
  ],
  [
    'write a policy for a user',
    keys =>
      aws.iam(keys).send(
        new PutUserPolicyCommand({
          UserName,
          PolicyName: 'own',
          PolicyDocument,
        }),
      ),
  ],
  [
    'create a role',
    keys =>
      aws.iam(keys).send(
        new CreateRoleCommand({
          RoleName: 'lasting',
          AssumeRolePolicyDocument: trust,
        }),
      ),
  ],
  [
    'change a trust',
    keys =>
      aws.iam(keys).send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'DataPipeline',
          PolicyDocument: trust,
        }),
      ),
  ],
  [
    'share a snapshot',
    async keys => {
      const ec2 = aws.ec2(keys);
      const { SnapshotId } = await ec2.send(
        new CreateSnapshotCommand({ VolumeId: 'vol-0a1b2c3d4e5f60718' }),
      );
      return ec2.send(
        new ModifySnapshotAttributeCommand({
          SnapshotId,
          CreateVolumePermission: { Add: [{ UserId: '999988887777' }] },
        }),
      );
    },
  ],
];

it('I14: a session tagged as reviewed may make what outlives it', async () => {
  const keys = await aws.assume({ Tags: REVIEWED });
  for (const [, call] of lasting)
    await expect(call(keys)).resolves.toBeDefined();
});

describe.each([
  ['without the tag', undefined],
  ['with the tag empty', ''],
  ['with the tag in capitals', 'REVIEWED'],
  ['with the tag longer', 'reviewed '],
])('I14: a session %s', (_, value) => {
  it.each(lasting)('may not %s', async (__, call) => {
    const keys = await aws.assume({
      Tags: value === undefined ? [] : [{ Key: RESIDUE, Value: value }],
    });
    expect(await failureOf(call(keys))).toMatchObject({
      code: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
      message: expect.stringMatching(EXPLICIT),
    });
  });
});

describe('I14: the tag does not open what protects the lease', () => {
  const guardrails = BOUNDARY.replace('Boundary', 'Guardrails');

  it.each<[string, (iam: IAMClient) => Promise<unknown>]>([
    [
      'take the boundary off',
      iam => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    ],
    [
      'remove the kill',
      iam =>
        iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn: BOUNDARY,
            PolicyDocument,
            SetAsDefault: true,
          }),
        ),
    ],
    [
      'detach the guardrails',
      iam =>
        iam.send(
          new DetachRolePolicyCommand({ RoleName, PolicyArn: guardrails }),
        ),
    ],
    [
      'rewrite the guardrails',
      iam =>
        iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn: guardrails,
            PolicyDocument,
            SetAsDefault: true,
          }),
        ),
    ],
    [
      'attach a policy to his role',
      iam => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    ],
    [
      'change the trust of his role',
      iam =>
        iam.send(
          new UpdateAssumeRolePolicyCommand({
            RoleName,
            PolicyDocument: trust,
          }),
        ),
    ],
    [
      'put a policy on the killer role',
      iam =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName: 'BreakGlassKiller',
            PolicyName: 'x',
            PolicyDocument,
          }),
        ),
    ],
    [
      'create a role among the break-glass roles',
      iam =>
        iam.send(
          new CreateRoleCommand({
            RoleName: 'mine',
            Path: '/break-glass/',
            AssumeRolePolicyDocument: trust,
          }),
        ),
    ],
  ])('may not %s', async (_, call) => {
    const iam = aws.iam(await aws.assume({ Tags: REVIEWED }));
    expect(await failureOf(call(iam))).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(EXPLICIT),
    });
  });

  it("may not make keys for the broker, nor switch off the emergency user's", async () => {
    const broker = aws.iam(
      await aws.assume({
        RoleArn: 'arn:aws:iam::555566667777:role/break-glass/BreakGlassAdmin',
        Tags: REVIEWED,
      }),
    );
    const payments = aws.iam(
      await aws.assume({
        RoleArn: EMERGENCY_USER.roleArn,
        ExternalId: 'bg-payments',
        Tags: REVIEWED,
      }),
    );
    for (const call of [
      () =>
        broker.send(
          new CreateAccessKeyCommand({ UserName: 'break-glass-broker' }),
        ),
      () =>
        payments.send(
          new UpdateAccessKeyCommand({
            UserName: 'break-glass-1',
            AccessKeyId: EMERGENCY_USER.accessKeyId,
            Status: 'Inactive',
          }),
        ),
    ]) {
      expect(await failureOf(call())).toMatchObject({
        message: expect.stringMatching(EXPLICIT),
      });
    }
  });

  it('may not touch the trail nor its bucket', async () => {
    const keys = await aws.assume({
      RoleArn: 'arn:aws:iam::555566667777:role/break-glass/BreakGlassAdmin',
      Tags: REVIEWED,
    });
    const Bucket = 'aws-cloudtrail-logs-555566667777';
    const Name = 'break-glass-trail';
    for (const call of [
      () => aws.cloudtrail(keys).send(new StopLoggingCommand({ Name })),
      () =>
        aws
          .s3(keys)
          .send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' })),
      () => aws.s3(keys).send(new DeleteObjectCommand({ Bucket, Key: 'x' })),
    ]) {
      expect(await failureOf(call())).toMatchObject({
        message: expect.stringMatching(EXPLICIT),
      });
    }
  });
});

describe('I14: nobody but the broker gives the tag', () => {
  it('a holder may not tag his role, whatever tag his session has', async () => {
    for (const Tags of [[], REVIEWED]) {
      const iam = aws.iam(await aws.assume({ Tags }));
      for (const call of [
        () => iam.send(new TagRoleCommand({ RoleName, Tags: REVIEWED })),
        () => iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['x'] })),
      ]) {
        expect(await failureOf(call())).toMatchObject({
          message: expect.stringMatching(EXPLICIT),
        });
      }
    }
  });

  it('a tag of the role would count: that is why it is protected', async () => {
    const role = aws.sandbox.world.role(ADMIN)!;
    role.tags.set(new Map([[RESIDUE, 'reviewed']]));
    const keys = await aws.assume();
    await expect(
      aws.iam(keys).send(new CreateUserCommand({ UserName })),
    ).resolves.toBeDefined();
    const other = await aws.assume({ Tags: [{ Key: RESIDUE, Value: 'no' }] });
    expect(
      await failureOf(
        aws.iam(other).send(new CreateUserCommand({ UserName: 'second' })),
      ),
    ).toMatchObject({ message: expect.stringMatching(EXPLICIT) });
  });

  it('a holder may not assume his role again with the tag, also not by another role', async () => {
    const keys = await aws.assume();
    const again = aws.assume({ Tags: REVIEWED }, keys);
    expect(await failureOf(again)).toMatchObject({ code: 'AccessDenied' });
    const chained = await aws.assume(
      { RoleArn: PIPELINE, Tags: REVIEWED },
      keys,
    );
    const back = aws.assume({ Tags: REVIEWED }, chained);
    expect(await failureOf(back)).toMatchObject({ code: 'AccessDenied' });
  });
});
