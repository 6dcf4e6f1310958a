import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import {
  failureOf,
  Keys,
  policyText,
  TestSandbox,
} from '../../__testUtils__/sandbox';

const UserName = 'lasting';
const PolicyName = 'own';
const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
const PolicyDocument = policyText({
  Effect: 'Allow',
  Action: 's3:*',
  Resource: '*',
});

let aws: TestSandbox;
let iam: IAMClient;

beforeEach(async () => {
  aws = await TestSandbox.start();
  iam = aws.iam(
    await aws.assume({
      Tags: [{ Key: 'break-glass:residue', Value: 'reviewed' }],
    }),
  );
  await iam.send(new CreateUserCommand({ UserName }));
});

afterEach(() => aws.stop());

async function keysOfUser(): Promise<Keys> {
  const { AccessKey } = await iam.send(
    new CreateAccessKeyCommand({ UserName }),
  );
  return {
    accessKeyId: AccessKey!.AccessKeyId!,
    secretAccessKey: AccessKey!.SecretAccessKey!,
  };
}

const listBuckets = (keys: Keys) =>
  aws.s3(keys).send(new ListBucketsCommand({}));

const recordOf = async (name: string) =>
  (await aws.records('111122223333')).find(r => r.eventName === name);

it('a key that is switched off signs nothing until it is on again', async () => {
  const keys = await keysOfUser();
  const AccessKeyId = keys.accessKeyId;
  await iam.send(
    new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
  );
  await expect(listBuckets(keys)).resolves.toBeDefined();
  const turn = (Status: 'Active' | 'Inactive') =>
    iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }));
  await turn('Inactive');
  expect(await failureOf(listBuckets(keys))).toMatchObject({
    code: 'InvalidAccessKeyId',
  });
  const { AccessKeyMetadata } = await iam.send(
    new ListAccessKeysCommand({ UserName }),
  );
  expect(AccessKeyMetadata).toMatchObject([
    { AccessKeyId, Status: 'Inactive', UserName },
  ]);
  expect(await recordOf('UpdateAccessKey')).toMatchObject({
    requestParameters: {
      userName: UserName,
      accessKeyId: AccessKeyId,
      status: 'Inactive',
    },
    responseElements: null,
  });
  await turn('Active');
  await expect(listBuckets(keys)).resolves.toBeDefined();
});

it("another user's key is not found", async () => {
  const { accessKeyId: AccessKeyId } = await keysOfUser();
  await iam.send(new CreateUserCommand({ UserName: 'other' }));
  const input = { UserName: 'other', AccessKeyId };
  for (const call of [
    () => iam.send(new DeleteAccessKeyCommand(input)),
    () =>
      iam.send(new UpdateAccessKeyCommand({ ...input, Status: 'Inactive' })),
  ]) {
    expect(await failureOf(call())).toMatchObject({
      code: expect.stringMatching(/^NoSuchEntity/),
    });
  }
});

it('policies of a user allow, and stop to', async () => {
  const keys = await keysOfUser();
  const denied = async () =>
    expect(await failureOf(listBuckets(keys))).toMatchObject({
      code: 'AccessDenied',
    });
  await iam.send(
    new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
  );
  await expect(listBuckets(keys)).resolves.toBeDefined();
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  await denied();
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  await expect(listBuckets(keys)).resolves.toBeDefined();
  await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
  await denied();
  expect(await recordOf('PutUserPolicy')).toMatchObject({
    requestParameters: {
      userName: UserName,
      policyName: PolicyName,
      policyDocument: PolicyDocument,
    },
  });
});

it('a user goes only after its keys and policies', async () => {
  const { accessKeyId: AccessKeyId } = await keysOfUser();
  await iam.send(
    new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }),
  );
  const remove = () => iam.send(new DeleteUserCommand({ UserName }));
  const conflict = async () =>
    expect(await failureOf(remove())).toMatchObject({
      code: expect.stringMatching(/^DeleteConflict/),
    });
  await conflict();
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  await conflict();
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  await expect(remove()).resolves.toBeDefined();
});

it('a role made is recorded as AWS does, and deleted', async () => {
  const trust = policyText({
    Effect: 'Allow',
    Principal: { AWS: '999988887777' },
    Action: 'sts:AssumeRole',
  });
  const RoleName = 'lasting';
  await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }),
  );
  expect(await recordOf('CreateRole')).toMatchObject({
    requestParameters: {
      roleName: RoleName,
      assumeRolePolicyDocument: trust,
    },
    responseElements: {
      role: {
        path: '/',
        roleName: RoleName,
        roleId: expect.stringMatching(/^AROA/),
        arn: 'arn:aws:iam::111122223333:role/lasting',
        createDate: 'Nov 5, 2026, 12:00:00 PM',
        assumeRolePolicyDocument: encodeURIComponent(trust).replace(
          /\*/g,
          '%2A',
        ),
      },
    },
  });
  await iam.send(new DeleteRoleCommand({ RoleName }));
  expect(await recordOf('DeleteRole')).toMatchObject({
    requestParameters: { roleName: RoleName },
  });
});
