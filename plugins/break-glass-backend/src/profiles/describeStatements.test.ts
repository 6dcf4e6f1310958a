import { StatementConfig } from '../config/types';
import { describeProfile, describeStatements } from './describeStatements';

const allow = (
  Action: string | string[],
  Resource: string | string[] = '*',
): StatementConfig => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: string, change = {}): StatementConfig => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...change,
});

describe('describeStatements', () => {
  it('names services, levels and actions', async () => {
    expect(
      await describeStatements([
        allow(['s3:GetObject', 's3:PutBucketPolicy'], 'arn:aws:s3:::payroll'),
        allow('kms:DescribeKey'),
      ]),
    ).toEqual([
      {
        service: 'kms',
        title: 'AWS Key Management Service',
        accessLevels: ['read'],
        actions: ['DescribeKey'],
        resources: ['*'],
      },
      {
        service: 's3',
        title: 'Amazon S3',
        accessLevels: ['read', 'permissions-management'],
        actions: ['GetObject', 'PutBucketPolicy'],
        resources: ['arn:aws:s3:::payroll'],
      },
    ]);
  });

  it('expands wildcards to the actions there are', async () => {
    const [service] = await describeStatements([allow('s3:*BucketPolicy')]);

    expect(service.actions).toEqual([
      'DeleteBucketPolicy',
      'GetBucketPolicy',
      'PutBucketPolicy',
    ]);
  });

  it('does not list what is denied everywhere', async () => {
    const [service] = await describeStatements([
      allow('s3:*BucketPolicy'),
      deny('s3:Delete*'),
    ]);

    expect(service.actions).toEqual(['GetBucketPolicy', 'PutBucketPolicy']);
  });

  it('still lists what is denied under a condition or on some resource only', async () => {
    const [service] = await describeStatements([
      allow('s3:GetObject'),
      deny('s3:GetObject', { Condition: { Bool: { 'aws:X': 'true' } } }),
      deny('s3:GetObject', { Resource: 'arn:aws:s3:::secret/*' }),
    ]);

    expect(service.actions).toEqual(['GetObject']);
  });

  it('says that it is limited further, where conditions or denies of a part do', async () => {
    const denied = 'arn:aws:s3:::secret/*';
    const resourcesOf = async (...statements: StatementConfig[]) =>
      (await describeStatements(statements))[0].resources;

    expect(
      await resourcesOf(
        allow('s3:GetObject'),
        deny('s3:GetObject', { Resource: denied }),
      ),
    ).toEqual(['everything (limited further)']);
    expect(
      await resourcesOf(
        allow('s3:GetObject', 'arn:aws:s3:::open/*'),
        deny('s3:GetObject', { Resource: 'arn:aws:s3:::secret/a' }),
      ),
    ).toEqual(['arn:aws:s3:::open/*']);
    expect(
      await resourcesOf({
        ...allow('s3:GetObject'),
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      }),
    ).toEqual(['everything (limited further)']);
  });

  it('is unsure of every resource beside a variable of AWS, which may make the whole statement invalid', async () => {
    const [service, ...others] = await describeStatements([
      allow('s3:GetObject', [
        'arn:aws:s3:::payroll-archive',
        'arn:aws:s3:::${aws:username}/*',
      ]),
      deny('s3:GetObject', { Resource: 'arn:*:s3:::*/*' }),
    ]);

    expect(others).toEqual([]);
    expect(service.resources).toEqual([
      'arn:aws:s3:::payroll-archive (limited further)',
    ]);
    const [escaped] = await describeStatements([
      allow('s3:GetObject', 'arn:aws:s3:::payroll/${*}'),
    ]);
    expect(escaped.resources).toEqual(['arn:aws:s3:::payroll/${*}']);
  });

  it('does not count on a deny that hangs on a variable of AWS', async () => {
    const [service] = await describeStatements([
      allow('s3:GetObject', 'arn:aws:s3:::payroll/*'),
      deny('s3:*', { Resource: ['*', 'arn:aws:s3:::${aws:username}/*'] }),
    ]);

    expect(service).toMatchObject({
      actions: ['GetObject'],
      resources: ['arn:aws:s3:::payroll/* (limited further)'],
    });
  });

  it('leaves out what a deny takes away on all that was allowed', async () => {
    const [service, ...others] = await describeStatements([
      allow('s3:GetObject', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*']),
      allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:1:key/a'),
      deny('*', { Resource: 'arn:aws:s3:::a/*' }),
      deny('kms:*', { Resource: 'arn:aws:kms:*:1:key/*' }),
    ]);

    expect(others).toEqual([]);
    expect(service.resources).toEqual(['arn:aws:s3:::b/*']);
  });

  it('names what a deny of all else leaves of everything', async () => {
    const [service] = await describeStatements([
      allow('*'),
      {
        Effect: 'Deny',
        NotAction: ['s3:GetObject', 's3:ListBucket'],
        Resource: '*',
      },
    ]);

    expect(service.actions).toEqual(['GetObject', 'ListBucket']);
  });

  it('I14: says no assuming and passing of roles, unless the profile chains', async () => {
    const statements = [allow(['*']), allow(['iam:PassRole', 'iam:GetRole'])];
    const [everything, iam] = await describeProfile({
      statements,
      chaining: false,
    });

    expect(everything.title).toBe(
      'Every AWS service but iam:PassRole, sts:AssumeRole*',
    );
    expect(iam.actions).toEqual(['GetRole']);
    const [all] = await describeProfile({ statements, chaining: true });
    expect([all.title, all.actions]).toEqual(['Every AWS service', ['*']]);
  });

  it('says it when everything is allowed', async () => {
    expect(await describeStatements([allow('*')])).toEqual([
      {
        service: '*',
        title: 'Every AWS service',
        accessLevels: [
          'list',
          'read',
          'tagging',
          'write',
          'permissions-management',
        ],
        actions: ['*'],
        resources: ['*'],
      },
    ]);
  });

  it('says what NotAction and NotResource leave out', async () => {
    const [service] = await describeStatements([
      {
        Effect: 'Allow',
        NotAction: 'iam:*',
        NotResource: 'arn:aws:s3:::secret',
      },
    ]);

    expect(service).toMatchObject({
      service: '*',
      actions: ['everything but iam:*'],
      resources: ['everything but arn:aws:s3:::secret'],
    });
  });

  it('says of several Allows of everything what each leaves out: together they may leave out what neither names', async () => {
    const allBut = (NotAction: string, Resource: string) => ({
      Effect: 'Allow' as const,
      NotAction,
      Resource,
    });
    const services = await describeStatements([
      allBut('s3:Get*', 'arn:aws:s3:::b'),
      allBut('s3:*BucketPolicy', '*'),
      allBut('s3:Get*', 'arn:aws:s3:::a'),
    ]);

    expect(
      services.map(({ service, actions, resources }) => [
        service,
        actions,
        resources,
      ]),
    ).toEqual([
      ['*', ['everything but s3:*BucketPolicy'], ['*']],
      ['*', ['everything but s3:Get*'], ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
    ]);
  });

  it('names what denies leave of everything, a resource at a time', async () => {
    const onlyGet = (Resource: string): StatementConfig => ({
      Effect: 'Deny',
      NotAction: 's3:GetObject',
      Resource,
    });
    const [service, ...others] = await describeStatements([
      allow('*', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*']),
      onlyGet('arn:aws:s3:::a/*'),
      onlyGet('arn:aws:s3:::b/*'),
    ]);

    expect(others).toEqual([]);
    expect(service).toMatchObject({
      service: 's3',
      actions: ['GetObject'],
      resources: ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'],
    });
  });

  it.each(['nosuchservice:Do', 'constructor:Do', '__proto__:Do', '../x:Do'])(
    'shows %s, which the data does not know, as it is written',
    async action => {
      const [service] = await describeStatements([allow(action)]);

      expect(service).toMatchObject({
        title: action.split(':')[0],
        accessLevels: ['unknown'],
        actions: ['Do'],
      });
    },
  );
});
