import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { authorize } from '../policy/authorize';
import { parsePolicy } from '../policy/policyDocument';
import { RequestContext } from '../policy/RequestContext';
import {
  ALLOW_ALL,
  BOUNDARY,
  failureOf,
  Keys,
  policyText,
  TestSandbox,
} from '../__testUtils__/sandbox';
import { demoWorld } from './demoWorld';
import { guardrailsPolicy } from './guardrailsPolicy';

const EXPLICIT = /with an explicit deny in an identity-based policy$/;

describe('I14: the holder of the break-glass role', () => {
  let aws: TestSandbox;
  let keys: Keys;
  let iam: IAMClient;

  beforeEach(async () => {
    aws = await TestSandbox.start();
    keys = await aws.assume();
    iam = aws.iam(keys);
  });

  afterEach(() => aws.stop());

  const RoleName = 'BreakGlassAdmin';
  const PolicyArn = BOUNDARY;
  const PolicyDocument = policyText(ALLOW_ALL);
  const anyone = policyText({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'sts:AssumeRole',
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'remove the kill',
      () =>
        iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn,
            PolicyDocument,
            SetAsDefault: true,
          }),
        ),
    ],
    [
      'go back to an older version of the boundary',
      () =>
        iam.send(
          new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }),
        ),
    ],
    [
      'delete a version of the boundary',
      () =>
        iam.send(
          new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }),
        ),
    ],
    [
      'take the boundary off',
      () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    ],
    [
      'put another boundary on',
      () =>
        iam.send(
          new PutRolePermissionsBoundaryCommand({
            RoleName,
            PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
          }),
        ),
    ],
    [
      'detach the guardrails',
      () =>
        iam.send(
          new DetachRolePolicyCommand({
            RoleName,
            PolicyArn: BOUNDARY.replace('Boundary', 'Guardrails'),
          }),
        ),
    ],
    [
      'rewrite the guardrails',
      () =>
        iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn: BOUNDARY.replace('Boundary', 'Guardrails'),
            PolicyDocument,
            SetAsDefault: true,
          }),
        ),
    ],
    [
      'attach a policy to the role',
      () =>
        iam.send(
          new AttachRolePolicyCommand({
            RoleName,
            PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
          }),
        ),
    ],
    [
      'put a policy on the killer role',
      () =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName: 'BreakGlassKiller',
            PolicyName: 'x',
            PolicyDocument,
          }),
        ),
    ],
    [
      'trust himself',
      () =>
        iam.send(
          new UpdateAssumeRolePolicyCommand({
            RoleName,
            PolicyDocument: anyone,
          }),
        ),
    ],
    [
      'trust himself in another role',
      () =>
        iam.send(
          new UpdateAssumeRolePolicyCommand({
            RoleName: 'DataPipeline',
            PolicyDocument: anyone,
          }),
        ),
    ],
    [
      'create a user',
      () => iam.send(new CreateUserCommand({ UserName: 'lasting' })),
    ],
    [
      'create a key',
      () => iam.send(new CreateAccessKeyCommand({ UserName: 'lasting' })),
    ],
    [
      'attach a policy to a user',
      () =>
        iam.send(
          new AttachUserPolicyCommand({
            UserName: 'lasting',
            PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
          }),
        ),
    ],
    [
      'create a role',
      () =>
        iam.send(
          new CreateRoleCommand({
            RoleName: 'lasting',
            AssumeRolePolicyDocument: anyone,
          }),
        ),
    ],
  ])('pitfall 36: may not %s', async (_, call) => {
    expect(await failureOf(call())).toEqual({
      code: 'AccessDenied',
      message: expect.stringMatching(EXPLICIT),
      status: 403,
    });
  });

  it('may not assume the break-glass roles from within', async () => {
    const again = aws.assume(undefined, keys);
    expect(await failureOf(again)).toMatchObject({ code: 'AccessDenied' });
  });

  it("may not touch the trail's bucket, in the account that holds it", async () => {
    const portal = await aws.assume({
      RoleArn: 'arn:aws:iam::555566667777:role/break-glass/BreakGlassAdmin',
    });
    const s3 = aws.s3(portal);
    const Bucket = 'aws-cloudtrail-logs-555566667777';
    const calls = [
      () => s3.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' })),
      () => s3.send(new DeleteObjectCommand({ Bucket, Key: 'x' })),
      () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' })),
    ];
    for (const call of calls) {
      expect(await failureOf(call())).toMatchObject({
        message: expect.stringMatching(EXPLICIT),
      });
    }
  });

  it('may do the rest: fix a bucket, read a secret', async () => {
    await expect(
      aws
        .secrets(keys)
        .send(new GetSecretValueCommand({ SecretId: 'payroll/database' })),
    ).resolves.toMatchObject({ Name: 'payroll/database' });
  });
});

describe('guardrailsPolicy', () => {
  const policy = guardrailsPolicy({
    accountId: '444455556666',
    partition: 'aws-us-gov',
    trailBucket: 'logs',
    logAccountId: '888899990000',
  });

  it('fits a managed policy', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
  });

  it('names only the partition it is for', () => {
    expect(JSON.stringify(policy)).not.toMatch(/arn:aws:/);
  });

  it.each([
    [
      'cloudtrail:StopLogging',
      'arn:aws-us-gov:cloudtrail:us-gov-west-1:444455556666:trail/t',
    ],
    [
      'cloudtrail:PutEventSelectors',
      'arn:aws-us-gov:cloudtrail:us-gov-west-1:444455556666:trail/t',
    ],
    ['s3:DeleteObjectVersion', 'arn:aws-us-gov:s3:::logs/AWSLogs/x'],
    ['s3:PutLifecycleConfiguration', 'arn:aws-us-gov:s3:::logs'],
    [
      'kms:ScheduleKeyDeletion',
      'arn:aws-us-gov:kms:us-gov-west-1:888899990000:key/1',
    ],
    [
      'cloudwatch:DeleteAlarms',
      'arn:aws-us-gov:cloudwatch:us-gov-west-1:444455556666:alarm:break-glass-use',
    ],
    [
      'iam:CreateOpenIDConnectProvider',
      'arn:aws-us-gov:iam::444455556666:oidc-provider/x',
    ],
    [
      'iam:CreateSAMLProvider',
      'arn:aws-us-gov:iam::444455556666:saml-provider/x',
    ],
    [
      'iam:DeleteUserPolicy',
      'arn:aws-us-gov:iam::444455556666:user/break-glass-broker',
    ],
    [
      'iam:PassRole',
      'arn:aws-us-gov:iam::444455556666:role/break-glass/Operator',
    ],
    ['rolesanywhere:CreateTrustAnchor', '*'],
    ['appsync:CreateApiKey', '*'],
    ['eks:CreateAccessEntry', '*'],
    ['identitystore:CreateUser', '*'],
    ['identitystore:CreateGroupMembership', '*'],
    ['iot:CreateKeysAndCertificate', '*'],
    ['iot:RegisterCertificate', '*'],
    ['ram:CreateResourceShare', '*'],
    ['ram:AssociateResourceShare', '*'],
    ['transfer:CreateUser', '*'],
    ['ec2:CreateKeyPair', '*'],
    ['ssm:CreateActivation', '*'],
    ['s3:PutReplicationConfiguration', 'arn:aws-us-gov:s3:::payroll'],
    ['iam:PutRolePolicy', 'arn:aws-us-gov:iam::444455556666:role/app'],
    ['iam:AttachRolePolicy', 'arn:aws-us-gov:iam::444455556666:role/app'],
    ['iam:CreatePolicyVersion', 'arn:aws-us-gov:iam::444455556666:policy/app'],
  ])('denies %s', (action, resource) => {
    const documents = [ALLOW_ALL, ...policy.Statement].map(statement =>
      parsePolicy(policyText(statement as Record<string, unknown>), 'identity'),
    );
    const arn =
      'arn:aws-us-gov:iam::444455556666:role/break-glass/BreakGlassAdmin';
    const decision = authorize(
      {
        accountId: '444455556666',
        partition: 'aws-us-gov',
        arn,
        principalArn: arn,
      },
      { identity: documents },
      { accountId: '444455556666' },
      { action, resource, context: new RequestContext() },
    );
    expect(decision).toMatchObject({ allowed: false, explicit: true });
  });
});

describe('demoWorld', () => {
  it('gives every account the roles of the product, under boundary and guardrails', () => {
    for (const account of demoWorld().accounts) {
      const roles = new Map(account.roles!.map(role => [role.path, role]));
      for (const name of ['BreakGlassAdmin', 'ReadOnly', 'Operator']) {
        const role = roles.get(`/break-glass/${name}`)!;
        const prefix = `arn:${account.partition}:iam::${account.id}:policy/break-glass`;
        expect(role.boundary).toBe(`${prefix}/BreakGlassBoundary`);
        expect(role.attached).toContain(`${prefix}/BreakGlassGuardrails`);
      }
      expect(roles.get('/break-glass/BreakGlassKiller')!.boundary).toBe(
        undefined,
      );
    }
  });
});
