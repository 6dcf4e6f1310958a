import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  AttachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListPolicyVersionsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import {
  ADMIN,
  ALLOW_ALL,
  BOUNDARY,
  failureOf,
  Keys,
  KILLER,
  PIPELINE,
  policyText,
  TestSandbox,
} from '../../__testUtils__/sandbox';
import { demoWorld } from '../../world/demoWorld';

let aws: TestSandbox;

const DENY_ALL = { Effect: 'Deny', Action: '*', Resource: '*' };

/** The world with a role that may do anything and has neither boundary nor guardrails. */
function worldWithRoot() {
  const world = demoWorld();
  const account = world.accounts.find(a => a.id === '111122223333')!;
  account.roles!.push({
    path: '/Root',
    trust: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
  return world;
}

async function start(propagationDelayMs = 0) {
  aws = await TestSandbox.start({ world: worldWithRoot(), propagationDelayMs });
}

const root = async () =>
  aws.assume(
    { RoleArn: 'arn:aws:iam::111122223333:role/Root' },
    await aws.assume(),
  );

const kill = (iam: IAMClient, ...leases: string[]) =>
  iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: BOUNDARY,
      SetAsDefault: true,
      PolicyDocument: policyText(ALLOW_ALL, {
        ...DENY_ALL,
        Condition: {
          StringLike: { 'aws:userid': leases.map(l => `*:*@${l}`) },
        },
      }),
    }),
  );

const listBuckets = (keys: Keys) =>
  aws.s3(keys).send(new ListBucketsCommand({}));

afterEach(() => aws.stop());

describe('killing live credentials through the boundary', () => {
  it('stops the session for every call that needs permission, with the reason', async () => {
    await start();
    const keys = await aws.assume();
    await listBuckets(keys);
    await kill(aws.iam(await aws.assume({ RoleArn: KILLER })), '01LEASE');
    expect(await failureOf(listBuckets(keys))).toEqual({
      code: 'AccessDenied',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mary@01LEASE is not authorized to perform: s3:ListAllMyBuckets with an explicit deny in a permissions boundary',
      status: 403,
    });
    await expect(
      aws.sts(keys).send(new GetCallerIdentityCommand({})),
    ).resolves.toBeDefined();
  });

  it('pitfall 9: leaves another session of the same role alone', async () => {
    await start();
    const other = await aws.assume({ RoleSessionName: 'mary@02OTHER' });
    await kill(aws.iam(await aws.assume({ RoleArn: KILLER })), '01LEASE');
    await expect(listBuckets(other)).resolves.toBeDefined();
  });

  it('takes effect after the propagation delay', async () => {
    await start(1_500);
    const keys = await aws.assume();
    const killer = aws.iam(await aws.assume({ RoleArn: KILLER }));
    await kill(killer, '01LEASE');
    const read = await killer.send(
      new GetPolicyVersionCommand({ PolicyArn: BOUNDARY, VersionId: 'v2' }),
    );
    expect(decodeURIComponent(read.PolicyVersion!.Document!)).toContain(
      '@01LEASE',
    );
    await expect(listBuckets(keys)).resolves.toBeDefined();
    aws.clock.advance(1.5);
    expect(await failureOf(listBuckets(keys))).toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('a second change inside the delay does not undo the first early', async () => {
    await start(1_500);
    const keys = await aws.assume();
    const killer = aws.iam(await aws.assume({ RoleArn: KILLER }));
    await kill(killer, '01LEASE');
    aws.clock.advance(1);
    await kill(killer, '01LEASE', '02OTHER');
    aws.clock.advance(0.5);
    expect(await failureOf(listBuckets(keys))).toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('pitfall 37: the killer can touch nothing but that one policy', async () => {
    await start();
    const keys = await aws.assume({ RoleArn: KILLER });
    const guardrails = BOUNDARY.replace('Boundary', 'Guardrails');
    const refusals = [
      () => listBuckets(keys),
      () =>
        aws.iam(keys).send(
          new CreatePolicyVersionCommand({
            PolicyArn: guardrails,
            PolicyDocument: policyText(ALLOW_ALL),
          }),
        ),
      () =>
        aws.iam(keys).send(
          new PutRolePolicyCommand({
            RoleName: 'BreakGlassAdmin',
            PolicyName: 'x',
            PolicyDocument: policyText(ALLOW_ALL),
          }),
        ),
      () =>
        aws.iam(keys).send(
          new SetDefaultPolicyVersionCommand({
            PolicyArn: BOUNDARY,
            VersionId: 'v1',
          }),
        ),
    ];
    for (const call of refusals) {
      expect(await failureOf(call())).toMatchObject({ code: 'AccessDenied' });
    }
  });
});

describe('versions of a managed policy', () => {
  let iam: IAMClient;
  beforeEach(async () => {
    await start();
    iam = aws.iam(await aws.assume({ RoleArn: KILLER }));
  });

  const create = (text = policyText(ALLOW_ALL), SetAsDefault = false) =>
    iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: BOUNDARY,
        PolicyDocument: text,
        SetAsDefault,
      }),
    );

  const remove = (VersionId: string) =>
    iam.send(
      new DeletePolicyVersionCommand({ PolicyArn: BOUNDARY, VersionId }),
    );

  it('are five at most, and numbers are never used again', async () => {
    for (let i = 2; i <= 5; i += 1) await create();
    expect(await failureOf(create())).toMatchObject({
      code: expect.stringMatching(/^LimitExceeded/),
      status: 409,
    });
    await remove('v5');
    const { PolicyVersion } = await create();
    expect(PolicyVersion!.VersionId).toBe('v6');
    const { Versions } = await iam.send(
      new ListPolicyVersionsCommand({ PolicyArn: BOUNDARY }),
    );
    expect(Versions!.map(v => v.VersionId)).toEqual([
      'v6',
      'v4',
      'v3',
      'v2',
      'v1',
    ]);
  });

  it('the default one cannot be deleted', async () => {
    expect(await failureOf(remove('v1'))).toMatchObject({
      code: expect.stringMatching(/^DeleteConflict/),
      status: 409,
    });
    await create(undefined, true);
    await remove('v1');
    const { Policy } = await iam.send(
      new GetPolicyCommand({ PolicyArn: BOUNDARY }),
    );
    expect(Policy).toMatchObject({
      DefaultVersionId: 'v2',
      PermissionsBoundaryUsageCount: 3,
    });
  });

  it('a version that is not the default changes nothing', async () => {
    const keys = await aws.assume();
    await create(policyText(DENY_ALL));
    await expect(listBuckets(keys)).resolves.toBeDefined();
  });

  it('hold 6,144 characters, white space not counted', async () => {
    const fill = (length: number) => {
      const empty = policyText({ ...ALLOW_ALL, Sid: '' }).length;
      return policyText({ ...ALLOW_ALL, Sid: 'x'.repeat(length - empty) });
    };
    await create(`${fill(6_144)}${' '.repeat(100)}`);
    expect(await failureOf(create(fill(6_145)))).toMatchObject({
      code: expect.stringMatching(/^LimitExceeded/),
      message: 'Cannot exceed quota for PolicySize: 6144',
    });
  });

  it('must be policies and must exist', async () => {
    expect(await failureOf(create('{}'))).toMatchObject({
      code: expect.stringMatching(/^MalformedPolicyDocument/),
    });
    expect(await failureOf(remove('v9'))).toMatchObject({
      code: expect.stringMatching(/^NoSuchEntity/),
      status: 404,
    });
  });
});

describe('changes by somebody who may make them', () => {
  beforeEach(() => start());

  it('an attached, detached, put and deleted policy changes what the role may do', async () => {
    const iam = aws.iam(await root());
    const keys = await aws.assume({ RoleArn: PIPELINE }, await aws.assume());
    const RoleName = 'DataPipeline';
    const me = () => aws.iam(keys).send(new GetRoleCommand({ RoleName }));
    expect(await failureOf(me())).toMatchObject({ code: 'AccessDenied' });
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(me()).resolves.toBeDefined();
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await failureOf(me())).toMatchObject({ code: 'AccessDenied' });
    const PolicyName = 'own';
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: policyText(ALLOW_ALL),
      }),
    );
    await expect(me()).resolves.toBeDefined();
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    expect(await failureOf(me())).toMatchObject({ code: 'AccessDenied' });
  });

  it('a boundary put on and taken off limits and frees the role', async () => {
    const iam = aws.iam(await root());
    const keys = await aws.assume({ RoleArn: PIPELINE }, await aws.assume());
    const RoleName = 'DataPipeline';
    await iam.send(
      new PutRolePermissionsBoundaryCommand({
        RoleName,
        PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
      }),
    );
    expect(await failureOf(listBuckets(keys))).toMatchObject({
      message: expect.stringContaining('no permissions boundary allows'),
    });
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    await expect(listBuckets(keys)).resolves.toBeDefined();
  });

  it('a changed trust policy decides who may assume the role', async () => {
    const iam = aws.iam(await root());
    const first = await aws.assume();
    const chain = () => aws.assume({ RoleArn: PIPELINE }, first);
    await chain();
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'DataPipeline',
        PolicyDocument: policyText({
          Effect: 'Allow',
          Principal: { AWS: KILLER },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    expect(await failureOf(chain())).toMatchObject({ code: 'AccessDenied' });
  });

  it('a user made with a key is a caller of its own', async () => {
    const iam = aws.iam(await root());
    const UserName = 'lasting';
    await iam.send(new CreateUserCommand({ UserName }));
    const { AccessKey } = await iam.send(
      new CreateAccessKeyCommand({ UserName }),
    );
    const keys = {
      accessKeyId: AccessKey!.AccessKeyId!,
      secretAccessKey: AccessKey!.SecretAccessKey!,
    };
    expect(await failureOf(listBuckets(keys))).toMatchObject({
      message: expect.stringContaining('no identity-based policy allows'),
    });
    await iam.send(
      new AttachUserPolicyCommand({
        UserName,
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
      }),
    );
    await expect(listBuckets(keys)).resolves.toBeDefined();
  });

  it('a trust policy that names nobody who exists is refused', async () => {
    const iam = aws.iam(await root());
    const call = iam.send(
      new CreateRoleCommand({
        RoleName: 'new',
        AssumeRolePolicyDocument: policyText({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:user/nobody' },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    expect(await failureOf(call)).toMatchObject({
      code: expect.stringMatching(/^MalformedPolicyDocument/),
      message: 'Invalid principal in policy',
    });
  });

  it('a role reads back with its boundary and its limit', async () => {
    const { Role } = await aws
      .iam(await root())
      .send(new GetRoleCommand({ RoleName: 'BreakGlassAdmin' }));
    expect(Role).toMatchObject({
      Arn: ADMIN,
      MaxSessionDuration: 14_400,
      PermissionsBoundary: { PermissionsBoundaryArn: BOUNDARY },
    });
  });
});
