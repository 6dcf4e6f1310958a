import { createHash } from 'node:crypto';
import {
  AssumeRoleCommand,
  AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { demoWorld } from '../../world/demoWorld';
import {
  ADMIN,
  ALLOW_ALL,
  BROKER,
  failureOf,
  GOV_BROKER,
  PIPELINE,
  policyText,
  TestSandbox,
} from '../../__testUtils__/sandbox';

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

const assume = (input: Partial<AssumeRoleCommandInput>) =>
  failureOf(aws.assume(input));

const tags = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));

describe('AssumeRole', () => {
  it('gives keys of a session that says who it is', async () => {
    const keys = await aws.assume({ SourceIdentity: 'mary@01LEASE' });
    expect(keys.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const me = await aws.sts(keys).send(new GetCallerIdentityCommand({}));
    expect(me).toMatchObject({
      Account: '111122223333',
      Arn: 'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mary@01LEASE',
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:mary@01LEASE$/),
    });
  });

  it('answers with the role user, the packed size and the expiration', async () => {
    const answer = await aws.sts().send(
      new AssumeRoleCommand({
        RoleArn: ADMIN,
        RoleSessionName: 'mary@01LEASE',
        DurationSeconds: 900,
        Policy: policyText(ALLOW_ALL),
      }),
    );
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
    expect(answer.Credentials!.Expiration).toEqual(
      new Date(aws.clock.now() + 900_000),
    );
  });

  const invalid: [string, Partial<AssumeRoleCommandInput>, string, RegExp][] = [
    [
      'a session name of one letter',
      { RoleSessionName: 'm' },
      'ValidationError',
      /roleSessionName.*greater than or equal to 2/,
    ],
    [
      'a session name of 65 letters',
      { RoleSessionName: 'm'.repeat(65) },
      'ValidationError',
      /less than or equal to 64/,
    ],
    [
      'a space in the session name',
      { RoleSessionName: 'mary smith' },
      'ValidationError',
      /regular expression pattern/,
    ],
    [
      'a slash in the source identity',
      { SourceIdentity: 'mary/1' },
      'ValidationError',
      /sourceIdentity/,
    ],
    [
      'a source identity of 65 letters',
      { SourceIdentity: 'm'.repeat(65) },
      'ValidationError',
      /less than or equal to 64/,
    ],
    [
      'a source identity that starts with aws:',
      { SourceIdentity: 'aws:mary' },
      'ValidationError',
      /sourceIdentity/,
    ],
    [
      '899 seconds',
      { DurationSeconds: 899 },
      'ValidationError',
      /greater than or equal to 900/,
    ],
    [
      '43,201 seconds',
      { DurationSeconds: 43_201 },
      'ValidationError',
      /less than or equal to 43200/,
    ],
    [
      "more than the role's maximum",
      { DurationSeconds: 14_401 },
      'ValidationError',
      /exceeds the MaxSessionDuration/,
    ],
    [
      '51 tags',
      { Tags: tags(51) },
      'ValidationError',
      /less than or equal to 50/,
    ],
    [
      'a tag key of 129 letters',
      { Tags: [{ Key: 'k'.repeat(129), Value: '' }] },
      'ValidationError',
      /less than or equal to 128/,
    ],
    [
      'a tag value of 257 letters',
      { Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] },
      'ValidationError',
      /less than or equal to 256/,
    ],
    [
      'a line break in a tag',
      { Tags: [{ Key: 'k', Value: 'a\nb' }] },
      'ValidationError',
      /pattern/,
    ],
    [
      'a reserved tag key',
      { Tags: [{ Key: 'aws:x', Value: '' }] },
      'ValidationError',
      /reserved/,
    ],
    [
      'tag keys that differ only in case',
      {
        Tags: [
          { Key: 'a', Value: '' },
          { Key: 'A', Value: '' },
        ],
      },
      'InvalidParameterValue',
      /Duplicate tag keys/,
    ],
    [
      'a transitive key that is no tag',
      { TransitiveTagKeys: ['x'] },
      'InvalidParameterValue',
      /transitive/,
    ],
    [
      'a session policy of 2,049 characters',
      {
        Policy: `${policyText(ALLOW_ALL)}${' '.repeat(2_049)}`.slice(0, 2_049),
      },
      'ValidationError',
      /policy.*less than or equal to 2048/,
    ],
    [
      'a session policy that is no JSON',
      { Policy: 'no' },
      'MalformedPolicyDocument',
      /invalid Json/,
    ],
    [
      'a session policy with a principal',
      { Policy: policyText({ ...ALLOW_ALL, Principal: '*' }) },
      'MalformedPolicyDocument',
      /principal/,
    ],
    [
      'a session policy with an unknown element',
      { Policy: policyText({ ...ALLOW_ALL, Effects: 'Deny' }) },
      'MalformedPolicyDocument',
      /Syntax/,
    ],
    [
      '11 managed policies',
      {
        PolicyArns: Array(11).fill({
          arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        }),
      },
      'ValidationError',
      /less than or equal to 10/,
    ],
    [
      'a managed policy of another account',
      {
        PolicyArns: [
          {
            arn: 'arn:aws:iam::222233334444:policy/break-glass/BreakGlassBoundary',
          },
        ],
      },
      'ValidationError',
      /does not exist or is not attachable/,
    ],
    [
      'a role of another partition',
      {
        RoleArn:
          'arn:aws-us-gov:iam::444455556666:role/break-glass/BreakGlassAdmin',
      },
      'ValidationError',
      /Request ARN is invalid/,
    ],
    [
      'a text that is no role ARN',
      { RoleArn: 'arn:aws:iam::111122223333:user/mary' },
      'ValidationError',
      /Request ARN is invalid/,
    ],
  ];
  it.each(invalid)('refuses %s', async (_, input, code, message) => {
    expect(await assume(input)).toEqual({
      code: expect.stringMatching(new RegExp(`^${code}(Exception)?$`)),
      message: expect.stringMatching(message),
      status: 400,
    });
  });

  it('counts managed ARNs into the 2,048 characters', async () => {
    const Policy = policyText(ALLOW_ALL).padEnd(2_020);
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }];
    await expect(aws.assume({ Policy })).resolves.toBeDefined();
    expect(await assume({ Policy, PolicyArns })).toMatchObject({
      code: expect.stringMatching(/^PackedPolicyTooLarge/),
      status: 400,
    });
  });

  it('refuses what packs to more than the opaque limit, within all plain limits', async () => {
    const noise = (i: number) =>
      [1, 2, 3, 4]
        .map(j => createHash('sha256').update(`${i}/${j}`).digest('hex'))
        .join('');
    const Tags = Array.from({ length: 50 }, (_, i) => ({
      Key: `key-${i}`,
      Value: noise(i),
    }));
    expect(await assume({ Tags })).toMatchObject({
      code: expect.stringMatching(/^PackedPolicyTooLarge/),
    });
  });

  it('does not tell a missing role from one that does not trust the caller', async () => {
    const missing = `${ADMIN}X`;
    expect(await assume({ RoleArn: missing })).toEqual({
      code: 'AccessDenied',
      message: `User: arn:aws:iam::555566667777:user/break-glass-broker is not authorized to perform: sts:AssumeRole on resource: ${missing}`,
      status: 403,
    });
    expect(await assume({ RoleArn: PIPELINE })).toEqual({
      code: 'AccessDenied',
      message: `User: arn:aws:iam::555566667777:user/break-glass-broker is not authorized to perform: sts:AssumeRole on resource: ${PIPELINE}`,
      status: 403,
    });
  });

  it('wants the external id that the trust policy names', async () => {
    const RoleArn = ADMIN.replace('111122223333', '222233334444');
    expect(await assume({ RoleArn })).toMatchObject({ code: 'AccessDenied' });
    expect(await assume({ RoleArn, ExternalId: 'bg-other' })).toMatchObject({
      code: 'AccessDenied',
    });
    await expect(
      aws.assume({ RoleArn, ExternalId: 'bg-payments' }),
    ).resolves.toBeDefined();
  });

  it('refuses in a region whose STS the account has switched off', async () => {
    await aws.stop();
    const world = demoWorld();
    world.accounts.find(a => a.id === '555566667777')!.disabledRegions = [
      'ap-east-1',
    ];
    aws = await TestSandbox.start({ world });
    const call = aws.assume({}, BROKER, 'ap-east-1');
    expect(await failureOf(call)).toMatchObject({
      code: 'RegionDisabledException',
      status: 403,
    });
  });

  it('assumes GovCloud roles with the GovCloud broker only', async () => {
    const RoleArn =
      'arn:aws-us-gov:iam::444455556666:role/break-glass/BreakGlassAdmin';
    const keys = await aws.assume({ RoleArn }, GOV_BROKER, 'us-gov-west-1');
    const me = await aws
      .sts(keys, 'us-gov-west-1')
      .send(new GetCallerIdentityCommand({}));
    expect(me.Arn).toBe(
      'arn:aws-us-gov:sts::444455556666:assumed-role/BreakGlassAdmin/mary@01LEASE',
    );
  });

  it.each(['sts:SetSourceIdentity', 'sts:TagSession'])(
    'wants %s from the trust policy, apart from sts:AssumeRole',
    async action => {
      await aws.stop();
      const world = demoWorld();
      const roles = world.accounts.find(a => a.id === '111122223333')!.roles!;
      const role = roles.find(r => r.path === '/break-glass/BreakGlassAdmin')!;
      role.trust.Statement.push({
        Effect: 'Deny',
        Principal: '*',
        Action: action,
      });
      aws = await TestSandbox.start({ world });
      await expect(aws.assume()).resolves.toBeDefined();
      const input =
        action === 'sts:TagSession'
          ? { Tags: tags(1) }
          : { SourceIdentity: 'mary' };
      expect(await assume(input)).toMatchObject({
        code: 'AccessDenied',
        message: expect.stringContaining(action),
      });
    },
  );
});

describe('a role assumed from a session', () => {
  const narrow = policyText({
    Effect: 'Allow',
    Action: ['s3:ListAllMyBuckets', 'sts:*'],
    Resource: '*',
  });

  it("drops the session's policy", async () => {
    const first = await aws.assume({ Policy: narrow });
    const refused = aws
      .secrets(first)
      .send(new GetSecretValueCommand({ SecretId: 'payroll/database' }));
    expect(await failureOf(refused)).toMatchObject({
      code: 'AccessDeniedException',
    });
    const second = await aws.assume({ RoleArn: PIPELINE }, first);
    const { Buckets } = await aws.s3(second).send(new ListBucketsCommand({}));
    expect(Buckets).toHaveLength(2);
  });

  it('may last one hour at most', async () => {
    const first = await aws.assume();
    const chained = (DurationSeconds: number) =>
      aws.assume({ RoleArn: PIPELINE, DurationSeconds }, first);
    await expect(chained(3_600)).resolves.toBeDefined();
    expect(await failureOf(chained(3_601))).toMatchObject({
      code: expect.stringMatching(/^ValidationError/),
      message: expect.stringContaining('role chaining'),
    });
  });

  it('pitfall 20: keeps the source identity, which cannot be changed', async () => {
    const first = await aws.assume({ SourceIdentity: 'mary@01LEASE' });
    const other = { RoleArn: PIPELINE, SourceIdentity: 'bob' };
    expect(await failureOf(aws.assume(other, first))).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('sts:SetSourceIdentity'),
    });
    const second = await aws.assume({ RoleArn: PIPELINE }, first);
    await aws.s3(second).send(new ListBucketsCommand({}));
    const records = await aws.records('111122223333');
    expect(
      records.find(r => r.eventName === 'ListBuckets')!.userIdentity,
    ).toMatchObject({ sessionContext: { sourceIdentity: 'mary@01LEASE' } });
  });

  it('inherits transitive tags, which cannot be set again', async () => {
    const first = await aws.assume({
      Tags: [{ Key: 'lease', Value: '01' }],
      TransitiveTagKeys: ['lease'],
    });
    const again = { RoleArn: PIPELINE, Tags: [{ Key: 'Lease', Value: '02' }] };
    expect(await failureOf(aws.assume(again, first))).toMatchObject({
      code: expect.stringMatching(/^InvalidParameterValue/),
    });
  });

  it('is refused by an explicit chaining deny in the session policy', async () => {
    const Policy = policyText(ALLOW_ALL, {
      Effect: 'Deny',
      Action: ['sts:AssumeRole*', 'iam:PassRole'],
      Resource: '*',
    });
    const first = await aws.assume({ Policy });
    expect(
      await failureOf(aws.assume({ RoleArn: PIPELINE }, first)),
    ).toMatchObject({ code: 'AccessDenied' });
  });
});

it('GetCallerIdentity answers even under an explicit deny of everything', async () => {
  const Policy = policyText({ Effect: 'Deny', Action: '*', Resource: '*' });
  const keys = await aws.assume({ Policy });
  await expect(
    aws.sts(keys).send(new GetCallerIdentityCommand({})),
  ).resolves.toMatchObject({ Account: '111122223333' });
});
