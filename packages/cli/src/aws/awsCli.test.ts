import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../exitCodes';
import {
  anActiveLease,
  AwsPortal,
  startAwsPortal,
  waitFor,
} from './testing/AwsPortal';
import { AwsCli, missingTools } from './testing/AwsCli';
import { Bundle } from './testing/Bundle';
import { secretsIn } from './testing/secrets';

jest.setTimeout(180_000);

const S3 = 'bg-payroll-s3-kms-iam';
const READ = 'bg-payroll-read-everything';
const BUCKET = 'payroll-reports';
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
    },
  ],
});

const missing = missingTools();
const able = missing.length === 0 || process.env.CI === 'true';
if (!able) {
  process.stderr.write(
    `Skipped: ${missing.join(
      ' and ',
    )} are not installed (apt-get install awscli faketime).\n`,
  );
}

(able ? describe : describe.skip)('the AWS CLI with a profile of ours', () => {
  let portal: AwsPortal;
  let bundle: Bundle;
  let cli: AwsCli;
  beforeEach(async () => {
    portal = await startAwsPortal({ at: Date.now() });
    bundle = new Bundle(portal);
    cli = new AwsCli(portal, bundle);
    await cli.configure('payroll');
  });
  afterEach(async () => {
    cli.remove();
    bundle.remove();
    await portal.stop();
  });

  const list = (profile: string) => cli.aws(profile, 's3', 'ls');

  it('lists, fixes the bucket, is refused elsewhere, renews by itself, and stops at the end of the lease', async () => {
    const lease = await anActiveLease(portal);

    expect(await list(S3)).toMatchObject({
      stdout: expect.stringContaining(BUCKET),
      stderr: '',
      code: 0,
    });
    const before = await cli.aws(
      S3,
      's3api',
      'get-bucket-policy',
      '--bucket',
      BUCKET,
    );
    expect(before.stdout).toContain('Deny');
    const file = join(cli.home, 'policy.json');
    writeFileSync(file, POLICY);
    const fixed = await cli.aws(
      S3,
      ...['s3api', 'put-bucket-policy', '--bucket', BUCKET],
      ...['--policy', `file://${file}`],
    );
    expect(fixed).toMatchObject({ code: 0, stderr: '' });
    const after = await cli.aws(
      S3,
      's3api',
      'get-bucket-policy',
      '--bucket',
      BUCKET,
    );
    expect(JSON.parse(JSON.parse(after.stdout).Policy)).toEqual(
      JSON.parse(POLICY),
    );

    const secret = await cli.aws(
      S3,
      ...[
        'secretsmanager',
        'get-secret-value',
        '--secret-id',
        'payroll/database',
      ],
    );
    expect(secret.stderr).toMatch(/AccessDeniedException/);
    const instance = await cli.aws(
      S3,
      ...['ec2', 'run-instances', '--image-id', 'ami-0123456789abcdef0'],
    );
    expect(instance.stderr).toMatch(/UnauthorizedOperation/);
    expect(await portal.issued(lease.id)).toHaveLength(1);

    portal.clock.advance({ minutes: 61 });
    expect(await list(S3)).toMatchObject({ code: 0, stderr: '' });
    await list(S3);
    expect(await portal.issued(lease.id)).toHaveLength(2);

    portal.clock.advance({ minutes: 59 });
    const over = await list(S3);
    expect(over.code).not.toBe(0);
    expect(over.stdout).toBe('');
    expect(over.stderr).toMatch(
      /You have no active lease on Payroll with the profile s3-kms-iam. Run: break-glass request payroll --role break-glass --profile s3-kms-iam --portal/,
    );
    expect(await portal.issued(lease.id)).toHaveLength(2);
  });

  it('pitfall 9: goes on with one lease while another one on the same role is ended', async () => {
    const first = await anActiveLease(portal);
    const second = await anActiveLease(portal, {
      profileId: 'read-everything',
    });
    expect((await list(S3)).code).toBe(0);
    expect((await list(READ)).code).toBe(0);

    const ended = await cli.breakGlass('end', first.id);
    expect(ended.code).toBe(EXIT.ok);
    await waitFor(async () => {
      const { kill } = await portal.as('mary', 'getLease', {
        params: { id: first.id },
      });
      return kill === 'probed';
    });

    const dead = await list(S3);
    expect(dead.code).not.toBe(0);
    expect(dead.stderr).toMatch(/Run: break-glass request payroll/);
    expect(await list(READ)).toMatchObject({ code: 0, stderr: '' });
    expect(await portal.issued(second.id)).toHaveLength(1);
  });

  it('pitfall 27: shows the cause and the next step of trouble with AWS, and no secret', async () => {
    const lease = await anActiveLease(portal);
    const mend = portal.sandbox.faults.inject({
      service: 'sts',
      action: 'AssumeRole',
      effect: 'error',
    });
    const failed = await list(S3);
    expect(failed.code).not.toBe(0);
    expect(failed.stderr).toMatch(
      /gave no usable answer .* Nothing was handed out\. .* Try again in a minute/,
    );
    expect(secretsIn(failed.stdout + failed.stderr)).toEqual([]);
    mend();
    expect((await list(S3)).code).toBe(0);
    expect(await portal.issued(lease.id)).toHaveLength(1);
  });

  it('runs under exec as well, with no profile at all', async () => {
    await anActiveLease(portal);
    const ran = await cli.breakGlass(
      ...['exec', 'payroll', '--', '/usr/bin/aws'],
      ...['--endpoint-url', portal.sandbox.url, 's3', 'ls'],
    );
    expect(ran).toMatchObject({
      stdout: expect.stringContaining(BUCKET),
      stderr: '',
      code: 0,
    });
  });

  it('reads what configure wrote as it was meant', async () => {
    const names = await cli.aws('default', 'configure', 'list-profiles');
    expect(names.stdout.trim().split('\n')).toContain(S3);
    const region = await cli.aws(S3, 'configure', 'get', 'region');
    expect(region.stdout).toBe('eu-central-1\n');
  });
});
