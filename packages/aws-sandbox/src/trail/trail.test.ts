import { readdir } from 'node:fs/promises';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import {
  GetObjectCommand,
  PutBucketPolicyCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import {
  ADMIN,
  BROKER,
  failureOf,
  GOV_BROKER,
  Keys,
  PIPELINE,
  policyText,
  TestSandbox,
} from '../__testUtils__/sandbox';
import { demoWorld } from '../world/demoWorld';
import { elementTime } from './format';
import { logFileName } from './logFileName';
import { TrailRecord } from './TrailRecord';

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

const PAYROLL = '111122223333';
const PORTAL = '555566667777';

const named = (records: TrailRecord[], name: string) =>
  records.filter(record => record.eventName === name);

describe('AssumeRole across accounts', () => {
  it('leaves two records that share an id: the caller in full in its own account, only its account in the other', async () => {
    const { accessKeyId, sessionToken } = await aws.assume({
      SourceIdentity: 'mary@01LEASE',
      Tags: [{ Key: 'break-glass:lease', Value: '01LEASE' }],
      DurationSeconds: 900,
    });
    const [own] = await aws.records(PORTAL);
    const [other] = await aws.records(PAYROLL);
    expect(own).toMatchObject({
      eventVersion: '1.11',
      eventTime: '2026-11-05T12:00:00Z',
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      awsRegion: 'eu-central-1',
      readOnly: true,
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
      recipientAccountId: PORTAL,
      userIdentity: {
        type: 'IAMUser',
        principalId: expect.stringMatching(/^AIDA/),
        arn: `arn:aws:iam::${PORTAL}:user/break-glass-broker`,
        accountId: PORTAL,
        accessKeyId: BROKER.accessKeyId,
        userName: 'break-glass-broker',
      },
      requestParameters: {
        roleArn: ADMIN,
        roleSessionName: 'mary@01LEASE',
        sourceIdentity: 'mary@01LEASE',
        durationSeconds: 900,
        tags: [{ key: 'break-glass:lease', value: '01LEASE' }],
      },
      responseElements: {
        credentials: {
          accessKeyId,
          sessionToken,
          expiration: 'Nov 5, 2026, 12:15:00 PM',
        },
        assumedRoleUser: {
          arn: `arn:aws:sts::${PAYROLL}:assumed-role/BreakGlassAdmin/mary@01LEASE`,
          assumedRoleId: expect.stringMatching(/^AROA.*:mary@01LEASE$/),
        },
        sourceIdentity: 'mary@01LEASE',
      },
      resources: [{ accountId: PAYROLL, type: 'AWS::IAM::Role', ARN: ADMIN }],
    });
    expect(other).toEqual({
      ...own,
      recipientAccountId: PAYROLL,
      eventID: expect.any(String),
      userIdentity: {
        type: 'AWSAccount',
        principalId: own.userIdentity.principalId,
        accountId: PORTAL,
      },
    });
    expect(other.sharedEventID).toBe(own.sharedEventID);
    expect(other.eventID).not.toBe(own.eventID);
  });

  it('never holds the secret key', async () => {
    const { secretAccessKey } = await aws.assume();
    const records = JSON.stringify(await aws.records());
    expect(records).not.toContain(secretAccessKey);
    expect(records).not.toContain(BROKER.secretAccessKey);
  });

  it('refused: no request parameters, no second record', async () => {
    await failureOf(aws.assume({ RoleArn: PIPELINE }));
    const records = await aws.records();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      recipientAccountId: PORTAL,
      errorCode: 'AccessDenied',
      requestParameters: null,
      responseElements: null,
    });
    expect(records[0]).not.toHaveProperty('sharedEventID');
  });

  it('invalid: recorded with its error', async () => {
    await failureOf(aws.assume({ DurationSeconds: 1 }));
    const [record] = await aws.records(PORTAL);
    expect(record.errorCode).toBe('ValidationError');
  });
});

describe("a session's calls", () => {
  let keys: Keys;
  beforeEach(async () => {
    keys = await aws.assume({ SourceIdentity: 'mary@01LEASE' });
    aws.clock.advance(60.9);
  });

  it('carry the role session, its AssumeRole time and its source identity', async () => {
    await aws.sts(keys).send(new GetCallerIdentityCommand({}));
    const [record] = named(await aws.records(PAYROLL), 'GetCallerIdentity');
    const role = {
      type: 'Role',
      principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      arn: ADMIN,
      accountId: PAYROLL,
      userName: 'BreakGlassAdmin',
    };
    expect(record.eventTime).toBe('2026-11-05T12:01:00Z');
    expect(record.userIdentity).toEqual({
      type: 'AssumedRole',
      principalId: expect.stringMatching(/^AROA[A-Z2-7]{17}:mary@01LEASE$/),
      arn: `arn:aws:sts::${PAYROLL}:assumed-role/BreakGlassAdmin/mary@01LEASE`,
      accountId: PAYROLL,
      accessKeyId: keys.accessKeyId,
      sessionContext: {
        sessionIssuer: role,
        attributes: {
          creationDate: '2026-11-05T12:00:00Z',
          mfaAuthenticated: 'false',
        },
        sourceIdentity: 'mary@01LEASE',
      },
    });
  });

  it('name the client and where it called from', async () => {
    await aws.sts(keys).send(new GetCallerIdentityCommand({}));
    const [record] = named(await aws.records(PAYROLL), 'GetCallerIdentity');
    expect(record).toMatchObject({
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('aws-sdk-js'),
      requestParameters: null,
      tlsDetails: { clientProvidedHostHeader: aws.sandbox.url.slice(7) },
    });
  });

  it('on objects are data events with object and bucket', async () => {
    await aws.s3(keys).send(
      new GetObjectCommand({
        Bucket: 'payroll-reports',
        Key: '2026/10/salaries.csv',
      }),
    );
    const [record] = named(await aws.records(PAYROLL), 'GetObject');
    expect(record).toMatchObject({
      managementEvent: false,
      eventCategory: 'Data',
      readOnly: true,
      additionalEventData: {
        SignatureVersion: 'SigV4',
        bytesTransferredOut: 42,
      },
      requestParameters: {
        bucketName: 'payroll-reports',
        key: '2026/10/salaries.csv',
      },
      resources: [
        {
          type: 'AWS::S3::Object',
          ARN: 'arn:aws:s3:::payroll-reports/2026/10/salaries.csv',
        },
        {
          accountId: PAYROLL,
          type: 'AWS::S3::Bucket',
          ARN: 'arn:aws:s3:::payroll-reports',
        },
      ],
    });
  });

  it('that change a bucket policy hold the policy', async () => {
    const Policy = policyText({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::payroll-archive/*',
    });
    await aws
      .s3(keys)
      .send(new PutBucketPolicyCommand({ Bucket: 'payroll-archive', Policy }));
    const [record] = named(await aws.records(PAYROLL), 'PutBucketPolicy');
    expect(record).toMatchObject({
      readOnly: false,
      eventCategory: 'Management',
      requestParameters: {
        bucketName: 'payroll-archive',
        bucketPolicy: JSON.parse(Policy),
        policy: '',
      },
      responseElements: null,
    });
  });

  it.each<[string, string, unknown, (k: Keys) => Promise<unknown>]>([
    [
      'AccessDenied',
      'GetSecretValue',
      null,
      k =>
        aws
          .secrets(k)
          .send(new GetSecretValueCommand({ SecretId: 'payroll/database' })),
    ],
    [
      'AccessDenied',
      'GetRole',
      null,
      k => aws.iam(k).send(new GetRoleCommand({ RoleName: 'x' })),
    ],
    [
      'AccessDenied',
      'ListBuckets',
      expect.objectContaining({ Host: expect.any(String) }),
      k => aws.s3(k).send(new ListBucketsCommand({})),
    ],
    [
      'Client.UnauthorizedOperation',
      'RunInstances',
      expect.objectContaining({ instanceType: 't3.micro' }),
      k =>
        aws.ec2(k).send(
          new RunInstancesCommand({
            ImageId: 'ami-1',
            MinCount: 1,
            MaxCount: 1,
          }),
        ),
    ],
  ])(
    'refused are recorded: %s for %s',
    async (code, name, parameters, call) => {
      const Policy = policyText({
        Effect: 'Allow',
        Action: 'sts:*',
        Resource: '*',
      });
      await failureOf(call(await aws.assume({ Policy })));
      const [record] = named(await aws.records(PAYROLL), name);
      expect(record).toMatchObject({
        errorCode: code,
        errorMessage: expect.stringContaining(
          'because no session policy allows',
        ),
        requestParameters: parameters,
        responseElements: null,
      });
    },
  );

  it('that made something say what', async () => {
    await aws
      .ec2(keys)
      .send(
        new RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 2 }),
      );
    const [record] = named(await aws.records(PAYROLL), 'RunInstances');
    const items = (
      record.responseElements as {
        instancesSet: { items: { instanceId: string }[] };
      }
    ).instancesSet.items;
    expect(items).toHaveLength(2);
    expect(items[0].instanceId).toMatch(/^i-0[0-9a-f]{16}$/);
  });
});

describe('what is not recorded', () => {
  it('a call whose keys or signature are not valid, as in AWS', async () => {
    await failureOf(
      aws
        .sts({ ...BROKER, secretAccessKey: 'x' })
        .send(new GetCallerIdentityCommand({})),
    );
    expect(await aws.records()).toEqual([]);
  });

  it('data events where the trail has none', async () => {
    await aws.stop();
    const world = demoWorld();
    world.accounts.find(a => a.id === PAYROLL)!.trail!.dataEvents = false;
    aws = await TestSandbox.start({ world });
    const s3 = aws.s3(await aws.assume());
    await s3.send(new ListBucketsCommand({}));
    await s3.send(
      new GetObjectCommand({
        Bucket: 'payroll-archive',
        Key: '2025/summary.csv',
      }),
    );
    const names = (await aws.records(PAYROLL)).map(r => r.eventName);
    expect(names).toEqual(['AssumeRole', 'ListBuckets']);
  });
});

describe('log files', () => {
  it('lie by account and region, IAM in one region of each partition', async () => {
    const keys = await aws.assume();
    await aws.iam(keys).send(new GetRoleCommand({ RoleName: 'DataPipeline' }));
    const gov = await aws.assume(
      {
        RoleArn:
          'arn:aws-us-gov:iam::444455556666:role/break-glass/BreakGlassAdmin',
      },
      GOV_BROKER,
      'us-gov-west-1',
    );
    await aws
      .iam(gov, 'us-gov-west-1')
      .send(new GetRoleCommand({ RoleName: 'DataPipeline' }));
    const places = (await aws.files()).map(file =>
      file.split('/').slice(0, 7).join('/'),
    );
    expect(places).toEqual([
      'AWSLogs/111122223333/CloudTrail/eu-central-1/2026/11/05',
      'AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/05',
      'AWSLogs/444455556666/CloudTrail/us-gov-west-1/2026/11/05',
      'AWSLogs/555566667777/CloudTrail/eu-central-1/2026/11/05',
      'AWSLogs/888899990000/CloudTrail/us-gov-west-1/2026/11/05',
    ]);
  });

  it('come after the delay, filed under the day of their delivery, with nothing half-written beside them', async () => {
    await aws.stop();
    aws = await TestSandbox.start({ deliveryDelayMs: 300_000 });
    aws.clock.advance(11 * 3_600 + 59 * 60);
    await aws.sts().send(new GetCallerIdentityCommand({}));
    const { sandbox } = aws;
    aws.clock.advance(299);
    await sandbox.deliverDue();
    expect(await readdir(sandbox.logDirectory)).toEqual([]);
    aws.clock.advance(1);
    await sandbox.deliverDue();
    expect(await readdir(sandbox.logDirectory)).toEqual(['AWSLogs']);
    const [file] = await aws.files();
    expect(file).toMatch(
      /2026\/11\/06\/555566667777_CloudTrail_eu-central-1_20261106T0004Z_[A-Z2-7]{16}\.json\.gz$/,
    );
    const [record] = await aws.records();
    expect(record.eventTime).toBe('2026-11-05T23:59:00Z');
  });

  it('hold each record once, in the order of the calls', async () => {
    const keys = await aws.assume();
    for (let i = 0; i < 5; i += 1) {
      await aws.s3(keys).send(new ListBucketsCommand({}));
      await aws.sts(keys).send(new GetCallerIdentityCommand({}));
      if (i === 2) await aws.sandbox.deliverNow();
      aws.clock.advance(60);
    }
    const records = await aws.records(PAYROLL);
    expect(new Set(records.map(r => r.eventID)).size).toBe(11);
    expect(records.map(r => r.eventName).slice(1, 5)).toEqual([
      'ListBuckets',
      'GetCallerIdentity',
      'ListBuckets',
      'GetCallerIdentity',
    ]);
  });

  it('are all there after stop', async () => {
    await aws.sts().send(new GetCallerIdentityCommand({}));
    await aws.sandbox.stop();
    const names = await readdir(aws.sandbox.logDirectory, { recursive: true });
    expect(names.filter(name => name.endsWith('.json.gz'))).toHaveLength(1);
    await aws.stop().catch(() => {});
    aws = await TestSandbox.start();
  });
});

it('names files over a year change as CloudTrail does', () => {
  const at = Date.parse('2026-12-31T23:59:59.999Z');
  expect(logFileName('1'.repeat(12), 'eu-west-1', at, 'A'.repeat(16))).toBe(
    `AWSLogs/111111111111/CloudTrail/eu-west-1/2026/12/31/111111111111_CloudTrail_eu-west-1_20261231T2359Z_${'A'.repeat(
      16,
    )}.json.gz`,
  );
});

it.each([
  ['2026-10-02T23:12:29Z', 'Oct 2, 2026, 11:12:29 PM'],
  ['2028-02-29T00:00:00Z', 'Feb 29, 2028, 12:00:00 AM'],
])('writes %s inside elements as %s', (iso, expected) => {
  expect(elementTime(Date.parse(iso))).toBe(expected);
});
