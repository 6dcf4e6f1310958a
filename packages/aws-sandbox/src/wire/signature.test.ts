import { request } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { BROKER, failureOf, Keys, TestSandbox } from '../__testUtils__/sandbox';

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

const calls: Record<string, (keys: Keys) => Promise<unknown>> = {
  sts: keys => aws.sts(keys).send(new GetCallerIdentityCommand({})),
  iam: keys => aws.iam(keys).send(new GetRoleCommand({ RoleName: 'x' })),
  s3: keys => aws.s3(keys).send(new ListBucketsCommand({})),
  secretsmanager: keys => aws.secrets(keys).send(new ListSecretsCommand({})),
  ec2: keys => aws.ec2(keys).send(new DescribeInstancesCommand({})),
};

/** Code and status of each service for one kind of failure. */
const WORDS: Record<string, Record<string, [string, number]>> = {
  unknown: {
    sts: ['InvalidClientTokenId', 403],
    iam: ['InvalidClientTokenId', 403],
    s3: ['InvalidAccessKeyId', 403],
    secretsmanager: ['UnrecognizedClientException', 400],
    ec2: ['AuthFailure', 401],
  },
  badSecret: {
    sts: ['SignatureDoesNotMatch', 403],
    iam: ['SignatureDoesNotMatch', 403],
    s3: ['SignatureDoesNotMatch', 403],
    secretsmanager: ['InvalidSignatureException', 400],
    ec2: ['AuthFailure', 401],
  },
  expired: {
    sts: ['ExpiredToken', 403],
    iam: ['ExpiredToken', 403],
    s3: ['ExpiredToken', 400],
    secretsmanager: ['ExpiredTokenException', 400],
    ec2: ['RequestExpired', 400],
  },
};

const SERVICES = Object.keys(calls);

it.each(SERVICES)('%s refuses an unknown key', async service => {
  const keys = { accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: 'x' };
  const [code, status] = WORDS.unknown[service];
  expect(await failureOf(calls[service](keys))).toMatchObject({
    code: expect.stringMatching(new RegExp(`^${code}`)),
    status,
  });
});

it.each(SERVICES)('%s refuses a wrong secret', async service => {
  const keys = { ...BROKER, secretAccessKey: 'not-the-secret' };
  const [code, status] = WORDS.badSecret[service];
  expect(await failureOf(calls[service](keys))).toMatchObject({
    code: expect.stringMatching(new RegExp(`^${code}`)),
    status,
  });
});

it.each(SERVICES)(
  '%s refuses expired keys, at their very end',
  async service => {
    const keys = await aws.assume({ DurationSeconds: 900 });
    aws.clock.advance(899);
    await expect(
      aws.sts(keys).send(new GetCallerIdentityCommand({})),
    ).resolves.toBeDefined();
    aws.clock.advance(1);
    const [code, status] = WORDS.expired[service];
    expect(await failureOf(calls[service](keys))).toMatchObject({
      code: expect.stringMatching(new RegExp(`^${code}`)),
      status,
    });
  },
);

it('refuses temporary keys without their session token, or with another', async () => {
  const { accessKeyId, secretAccessKey } = await aws.assume();
  const other = await aws.assume();
  for (const sessionToken of [undefined, other.sessionToken, 'x']) {
    const keys = { accessKeyId, secretAccessKey, sessionToken };
    expect(await failureOf(calls.sts(keys))).toMatchObject({
      code: expect.stringMatching(/^InvalidClientTokenId/),
    });
  }
});

it('refuses long-term keys with a session token', async () => {
  const { sessionToken } = await aws.assume();
  expect(await failureOf(calls.sts({ ...BROKER, sessionToken }))).toMatchObject(
    {
      code: expect.stringMatching(/^InvalidClientTokenId/),
    },
  );
});

it('does not know keys of one partition in another', async () => {
  const call = aws
    .sts(BROKER, 'us-gov-west-1')
    .send(new GetCallerIdentityCommand({}));
  expect(await failureOf(call)).toMatchObject({
    code: expect.stringMatching(/^InvalidClientTokenId/),
  });
});

describe('a request signed by hand', () => {
  const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';

  async function sign(
    skewSeconds = 0,
    headers: Record<string, string> = {},
    body = BODY,
  ) {
    const { hostname, port } = new URL(aws.sandbox.url);
    const signer = new SignatureV4({
      service: 'sts',
      region: 'eu-central-1',
      sha256: Sha256,
      credentials: BROKER,
    });
    return signer.sign(
      {
        method: 'POST',
        protocol: 'http:',
        hostname,
        port: Number(port),
        path: '/',
        headers: {
          host: `${hostname}:${port}`,
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        body,
      },
      { signingDate: new Date(aws.clock.now() + skewSeconds * 1000) },
    );
  }

  function send(
    headers: Record<string, string>,
    body = BODY,
    path = '/',
  ): Promise<{ status: number; text: string; date: string }> {
    const { hostname, port } = new URL(aws.sandbox.url);
    return new Promise((resolve, reject) => {
      const call = request(
        { method: 'POST', hostname, port, path, headers },
        response => {
          let text = '';
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({
              status: response.statusCode!,
              text,
              date: response.headers.date!,
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  }

  it("is answered, with the sandbox's date", async () => {
    const { headers } = await sign();
    const answer = await send(headers);
    expect(answer.status).toBe(200);
    expect(Date.parse(answer.date)).toBe(aws.clock.now());
  });

  it.each([
    ['body', 'Action=AssumeRole', '/'],
    ['path', BODY, '/other'],
    ['query', BODY, '/?Action=AssumeRole'],
  ])('is refused with another %s', async (_, body, path) => {
    const { headers } = await sign();
    const answer = await send(headers, body, path);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('SignatureDoesNotMatch');
  });

  it('is refused with an x-amz header that is not signed', async () => {
    const { headers } = await sign();
    const answer = await send({ ...headers, 'x-amz-extra': '1' });
    expect(answer.text).toContain('SignatureDoesNotMatch');
  });

  it('is refused with an unhashed body, which only S3 may have', async () => {
    const { headers } = await sign(0, {
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    });
    const answer = await send(headers);
    expect(answer.text).toContain('SignatureDoesNotMatch');
  });

  it.each([
    [900, 200],
    [901, 403],
    [-900, 200],
    [-901, 403],
  ])('%i seconds off gets status %i', async (skew, status) => {
    const { headers } = await sign(skew);
    expect((await send(headers)).status).toBe(status);
  });

  it('is refused without a signature', async () => {
    const answer = await send({ host: 'x' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('MissingAuthenticationToken');
  });

  it('is refused for an operation that there is not', async () => {
    const body = 'Action=constructor&Version=2011-06-15';
    const { headers } = await sign(0, {}, body);
    const answer = await send(headers, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('InvalidAction');
  });
});
