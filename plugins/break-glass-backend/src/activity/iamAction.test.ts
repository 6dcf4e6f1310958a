import { iamActionOf } from './iamAction';

describe('iamActionOf', () => {
  it.each([
    ['s3', 'PutBucketPolicy', 's3:PutBucketPolicy', 'permissions-management'],
    ['s3', 'ListBuckets', 's3:ListAllMyBuckets', 'list'],
    ['s3', 'HeadObject', 's3:GetObject', 'read'],
    ['s3', 'GetBucketEncryption', 's3:GetEncryptionConfiguration', 'read'],
    ['s3', 'PutBucketTagging', 's3:PutBucketTagging', 'tagging'],
    ['iam', 'CreateUser', 'iam:CreateUser', 'write'],
    ['ec2', 'RunInstances', 'ec2:RunInstances', 'write'],
    ['ec2', 'DescribeInstances', 'ec2:DescribeInstances', 'list'],
    ['monitoring', 'DeleteAlarms', 'cloudwatch:DeleteAlarms', 'write'],
    ['lambda', 'CreateFunction20150331', 'lambda:CreateFunction', 'write'],
    [
      'lambda',
      'AddPermission20150331v2',
      'lambda:AddPermission',
      'permissions-management',
    ],
    [
      'cloudfront',
      'PublishFunction2020_05_31',
      'cloudfront:PublishFunction',
      'write',
    ],
    ['sts', 'GetCallerIdentity', 'sts:GetCallerIdentity', 'read'],
  ])('%s %s is %s: %s', async (source, name, action, accessLevel) => {
    const found = await iamActionOf(`${source}.amazonaws.com`, name);
    expect(`${found.service}:${found.action}`).toBe(action);
    expect(found.accessLevel).toBe(accessLevel);
  });

  it('takes a sign-in, which is no action, for reading', async () => {
    expect(await iamActionOf('signin.amazonaws.com', 'ConsoleLogin')).toEqual({
      service: 'signin',
      accessLevel: 'read',
    });
  });

  it.each([
    '../../etc/passwd',
    'constructor.amazonaws.com',
    '__proto__.amazonaws.com',
    's3/../iam.amazonaws.com',
    "x'; DROP TABLE",
    '',
  ])(
    'takes %j for an unknown service, with a name that is safe to show',
    async source => {
      const { service, action, accessLevel } = await iamActionOf(source, 'X');
      expect(service).toMatch(/^[a-z0-9-]+$/);
      expect(action).toBeUndefined();
      expect(accessLevel).toBe('unknown');
    },
  );

  it.each(['constructor', '__proto__', 'toString', '../kms', ''])(
    'takes %j for no action',
    async name => {
      expect(await iamActionOf('s3.amazonaws.com', name)).toEqual({
        service: 's3',
        action: undefined,
        accessLevel: 'unknown',
      });
    },
  );
});
