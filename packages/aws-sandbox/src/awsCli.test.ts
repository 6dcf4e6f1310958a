import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AwsSandbox, startAwsSandbox } from './startAwsSandbox';
import { BROKER, Keys, policyText, ADMIN } from './__testUtils__/sandbox';

const CLI = '/usr/bin/aws';
const run = promisify(execFile);
const present = existsSync(CLI);

jest.setTimeout(120_000);

if (!present && process.env.CI !== 'true') {
  process.stderr.write(
    `Skipped: the AWS CLI is not at ${CLI}; install it with "apt-get install awscli".\n`,
  );
}

const described =
  present || process.env.CI === 'true' ? describe : describe.skip;

described('the AWS CLI', () => {
  let sandbox: AwsSandbox;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-sandbox-cli-'));
    sandbox = await startAwsSandbox({ logDirectory: join(folder, 'logs') });
  });

  afterAll(async () => {
    await sandbox?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function aws(keys: Keys, ...args: string[]): Promise<string> {
    const { stdout } = await run(
      CLI,
      ['--endpoint-url', sandbox.url, '--region', 'eu-central-1', ...args],
      {
        env: {
          PATH: '/usr/bin:/bin',
          HOME: folder,
          AWS_ACCESS_KEY_ID: keys.accessKeyId,
          AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
          ...(keys.sessionToken && { AWS_SESSION_TOKEN: keys.sessionToken }),
          AWS_PAGER: '',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      },
    );
    return stdout;
  }

  it('assumes the role, fixes the bucket, copies objects, and is refused the secret and the instance', async () => {
    const { Credentials } = JSON.parse(
      await aws(
        BROKER,
        'sts',
        'assume-role',
        '--role-arn',
        ADMIN,
        '--role-session-name',
        'mary@01LEASE',
        '--source-identity',
        'mary@01LEASE',
        '--tags',
        'Key=break-glass:lease,Value=01LEASE',
        '--policy',
        policyText({
          Effect: 'Allow',
          Action: ['s3:*', 'iam:Get*'],
          Resource: '*',
        }),
      ),
    );
    const keys = {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    };
    const bucket = 'payroll-reports';
    expect(await aws(keys, 's3', 'ls')).toContain(bucket);
    const before = await aws(
      keys,
      's3api',
      'get-bucket-policy',
      '--bucket',
      bucket,
    );
    expect(before).toContain('Deny');
    await aws(keys, 's3api', 'delete-bucket-policy', '--bucket', bucket);
    const local = join(folder, 'note ü.txt');
    await writeFile(local, 'fixed');
    await aws(keys, 's3', 'cp', local, `s3://${bucket}/notes/note ü.txt`);
    const copy = join(folder, 'copy.txt');
    await aws(keys, 's3', 'cp', `s3://${bucket}/notes/note ü.txt`, copy);
    expect(await readFile(copy, 'utf8')).toBe('fixed');
    const role = await aws(
      keys,
      'iam',
      'get-role',
      '--role-name',
      'DataPipeline',
    );
    expect(
      JSON.parse(role).Role.AssumeRolePolicyDocument.Statement,
    ).toHaveLength(1);
    await expect(
      aws(
        keys,
        'secretsmanager',
        'get-secret-value',
        '--secret-id',
        'payroll/database',
      ),
    ).rejects.toThrow(/AccessDeniedException.*no session policy allows/);
    await expect(
      aws(keys, 'ec2', 'run-instances', '--image-id', 'ami-1'),
    ).rejects.toThrow(/UnauthorizedOperation/);
    await expect(
      aws(keys, 'cloudtrail', 'stop-logging', '--name', 'break-glass-trail'),
    ).rejects.toThrow(/AccessDenied/);
  });

  it('reads instances and secrets with a role that may', async () => {
    const { Credentials } = JSON.parse(
      await aws(
        BROKER,
        'sts',
        'assume-role',
        '--role-arn',
        ADMIN,
        '--role-session-name',
        'mary@02LEASE',
      ),
    );
    const keys = {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    };
    const instances = await aws(keys, 'ec2', 'describe-instances');
    expect(instances).toContain('i-0a1b2c3d4e5f60718');
    const secrets = await aws(keys, 'secretsmanager', 'list-secrets');
    expect(secrets).toContain('payroll/database');
    const trails = await aws(keys, 'cloudtrail', 'describe-trails');
    expect(trails).toContain('break-glass-trail');
  });
});
