import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { decodeAwsChunked } from '../../wire/awsChunked';
import {
  ADMIN,
  failureOf,
  Keys,
  PIPELINE,
  policyText,
  TestSandbox,
} from '../../__testUtils__/sandbox';

let aws: TestSandbox;
let admin: Keys;
let pipeline: Keys;

beforeEach(async () => {
  aws = await TestSandbox.start();
  admin = await aws.assume();
  pipeline = await aws.assume({ RoleArn: PIPELINE }, admin);
});

afterEach(() => aws.stop());

const Bucket = 'payroll-archive';
const ARN = `arn:aws:s3:::${Bucket}`;

const put = (keys: Keys, Policy: string, bucket = Bucket) =>
  aws.s3(keys).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));

const read = async (keys: Keys, Key: string, bucket = Bucket) => {
  const { Body } = await aws
    .s3(keys)
    .send(new GetObjectCommand({ Bucket: bucket, Key }));
  return Body!.transformToString();
};

it('stores, heads, lists and deletes objects, whatever their keys', async () => {
  const s3 = aws.s3(admin);
  const Key = "a b/ü+&'(1)*!~$=@;:,?.txt";
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));
  expect(await read(admin, Key)).toBe('hello');
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head.ContentLength).toBe(5);
  const { Contents, CommonPrefixes } = await s3.send(
    new ListObjectsV2Command({ Bucket, Delimiter: '/' }),
  );
  expect(Contents).toBeUndefined();
  expect(CommonPrefixes!.map(p => p.Prefix)).toEqual(['2025/', 'a b/']);
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(await failureOf(read(admin, Key))).toMatchObject({
    code: 'NoSuchKey',
    status: 404,
  });
});

it('lists page by page', async () => {
  const s3 = aws.s3(admin);
  for (const Key of ['x/1', 'x/2', 'x/3']) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  }
  const first = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'x/', MaxKeys: 2 }),
  );
  expect(first.Contents!.map(o => o.Key)).toEqual(['x/1', 'x/2']);
  const second = await s3.send(
    new ListObjectsV2Command({
      Bucket,
      Prefix: 'x/',
      ContinuationToken: first.NextContinuationToken,
    }),
  );
  expect(second.Contents!.map(o => o.Key)).toEqual(['x/3']);
  expect(second.IsTruncated).toBe(false);
});

it('creates a bucket once in a partition', async () => {
  const create = (name: string) =>
    aws.s3(admin).send(new CreateBucketCommand({ Bucket: name }));
  await create('new-bucket');
  expect(await failureOf(create('new-bucket'))).toMatchObject({
    code: 'BucketAlreadyOwnedByYou',
  });
  expect(await failureOf(create('payments-data'))).toMatchObject({
    code: 'BucketAlreadyExists',
  });
  expect(await failureOf(create('Bad_Name'))).toMatchObject({
    code: 'InvalidBucketName',
  });
});

describe("Alice's accident", () => {
  it('locks out everybody but the break-glass role, its own bucket owner included', async () => {
    const reports = { Bucket: 'payroll-reports' };
    const refused = await failureOf(
      aws.s3(pipeline).send(new GetBucketPolicyCommand(reports)),
    );
    expect(refused).toEqual({
      code: 'AccessDenied',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/DataPipeline/mary@01LEASE is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::payroll-reports" with an explicit deny in a resource-based policy',
      status: 403,
    });
    await aws.s3(admin).send(new DeleteBucketPolicyCommand(reports));
    expect(
      await read(pipeline, '2026/10/salaries.csv', 'payroll-reports'),
    ).toContain('E-1001');
  });

  it('the policy can be put so that the one who put it is locked out too', async () => {
    const lock = policyText({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [ARN, `${ARN}/*`],
    });
    await put(admin, lock);
    expect(await failureOf(put(admin, lock))).toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('takes effect after the propagation delay, and reads back at once', async () => {
    await aws.stop();
    aws = await TestSandbox.start({ propagationDelayMs: 1_500 });
    admin = await aws.assume();
    const s3 = aws.s3(admin);
    await put(
      admin,
      policyText({
        Effect: 'Deny',
        Principal: { AWS: ADMIN },
        Action: 's3:GetObject',
        Resource: `${ARN}/*`,
      }),
    );
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
    expect(Policy).toContain('Deny');
    aws.clock.advance(1.499);
    await expect(read(admin, '2025/summary.csv')).resolves.toBeDefined();
    aws.clock.advance(0.001);
    expect(await failureOf(read(admin, '2025/summary.csv'))).toMatchObject({
      code: 'AccessDenied',
    });
  });
});

it.each([
  ['no JSON', 'no'],
  [
    'another bucket',
    policyText({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::payroll-reports',
    }),
  ],
  [
    'a role that does not exist',
    policyText({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/Nobody' },
      Action: 's3:*',
      Resource: ARN,
    }),
  ],
  [
    'no principal',
    policyText({ Effect: 'Allow', Action: 's3:*', Resource: ARN }),
  ],
])('refuses a bucket policy with %s', async (_, Policy) => {
  expect(await failureOf(put(admin, Policy))).toMatchObject({
    code: 'MalformedPolicy',
    status: 400,
  });
});

it('lets another account in only when both sides allow', async () => {
  const RoleArn = ADMIN.replace('111122223333', '333344445555');
  const other = await aws.assume({ RoleArn });
  expect(await failureOf(read(other, '2025/summary.csv'))).toMatchObject({
    code: 'AccessDenied',
  });
  await put(
    admin,
    policyText({
      Effect: 'Allow',
      Principal: { AWS: '333344445555' },
      Action: 's3:GetObject',
      Resource: `${ARN}/*`,
    }),
  );
  expect(await read(other, '2025/summary.csv')).toContain('1200000');
  const limited = await aws.assume({
    RoleArn,
    Policy: policyText({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }),
  });
  expect(await failureOf(read(limited, '2025/summary.csv'))).toMatchObject({
    code: 'AccessDenied',
  });
});

it('refuses what it does not do, rather than doing something similar', async () => {
  const s3 = aws.s3(admin);
  s3.middlewareStack.add(
    next => args => {
      (args.request as { query: Record<string, string> }).query.acl = '';
      return next(args);
    },
    { step: 'build' },
  );
  const call = s3.send(new DeleteObjectCommand({ Bucket, Key: 'x' }));
  expect(await failureOf(call)).toMatchObject({
    code: 'NotImplemented',
    status: 501,
  });
});

it('lists the buckets of the account only', async () => {
  const { Buckets } = await aws.s3(admin).send(new ListBucketsCommand({}));
  expect(Buckets!.map(b => b.Name)).toEqual([
    'payroll-archive',
    'payroll-reports',
  ]);
});

describe('aws-chunked', () => {
  it('is taken apart, trailers dropped', () => {
    const body =
      '5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AA==\r\n\r\n';
    expect(decodeAwsChunked(Buffer.from(body)).toString()).toBe('hello world');
  });

  it.each(['', '5\r\nhel', '5\r\nhello\r\n', 'zz\r\n', '5\r\nhelloXX0\r\n'])(
    'is refused when cut or malformed: %j',
    body => {
      expect(() => decodeAwsChunked(Buffer.from(body))).toThrow(
        'terminated unexpectedly',
      );
    },
  );
});
