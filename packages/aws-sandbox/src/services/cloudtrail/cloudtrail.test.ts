import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import {
  ALLOW_ALL,
  Keys,
  PIPELINE,
  TestSandbox,
} from '../../__testUtils__/sandbox';
import { demoWorld } from '../../world/demoWorld';

let aws: TestSandbox;
let admin: Keys;
let free: Keys;

/** A call by the JSON protocol, as the SDK's CloudTrail client sends it. */
async function call(
  keys: Keys,
  action: string,
  input: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { hostname, port } = new URL(aws.sandbox.url);
  const signer = new SignatureV4({
    service: 'cloudtrail',
    region: 'eu-central-1',
    sha256: Sha256,
    credentials: keys,
  });
  const body = JSON.stringify(input);
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname,
      path: '/',
      headers: {
        host: `${hostname}:${port}`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.${action}`,
      },
      body,
    },
    { signingDate: new Date(aws.clock.now()) },
  );
  const answer = await fetch(aws.sandbox.url, {
    method: 'POST',
    headers,
    body,
  });
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown>,
  };
}

beforeEach(async () => {
  const world = demoWorld();
  const payroll = world.accounts.find(a => a.id === '111122223333')!;
  const pipeline = payroll.roles!.find(r => r.path === '/DataPipeline')!;
  pipeline.inline = {
    all: { Version: '2012-10-17', Statement: [ALLOW_ALL] },
  };
  aws = await TestSandbox.start({ world });
  admin = await aws.assume();
  free = await aws.assume({ RoleArn: PIPELINE }, admin);
});

afterEach(() => aws.stop());

const Name = 'break-glass-trail';

it.each(['StopLogging', 'DeleteTrail'])(
  'I14: pitfall 36: the guardrails refuse %s',
  async action => {
    const { status, body } = await call(admin, action, { Name });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      __type: 'AccessDeniedException',
      message: expect.stringContaining('explicit deny'),
    });
    const status2 = await call(admin, 'GetTrailStatus', { Name });
    expect(status2.body).toMatchObject({ IsLogging: true });
  },
);

it('who may stop the trail really stops it; the stop is the last record', async () => {
  await call(free, 'StopLogging', { Name });
  await aws.sts(admin).send(new GetCallerIdentityCommand({}));
  const names = (await aws.records('111122223333')).map(r => r.eventName);
  expect(names.at(-1)).toBe('StopLogging');
  aws.clock.advance(60);
  const { body } = await call(free, 'GetTrailStatus', { Name });
  expect(body).toMatchObject({ IsLogging: false });
  await call(free, 'StartLogging', { Name });
  await aws.sts(admin).send(new GetCallerIdentityCommand({}));
  const later = (await aws.records('111122223333')).map(r => r.eventName);
  expect(later.at(-1)).toBe('GetCallerIdentity');
});

it('a deleted trail is gone', async () => {
  await call(free, 'DeleteTrail', { Name });
  const { body } = await call(free, 'DescribeTrails', {});
  expect(body).toEqual({ trailList: [] });
  const status = await call(free, 'GetTrailStatus', { Name });
  expect(status.body).toMatchObject({ __type: 'TrailNotFoundException' });
});

it('describes the trail, by name and by ARN', async () => {
  const { body } = await call(admin, 'DescribeTrails', {});
  const [trail] = body.trailList as { TrailARN: string }[];
  expect(trail).toMatchObject({
    Name,
    S3BucketName: 'aws-cloudtrail-logs-555566667777',
  });
  const status = await call(admin, 'GetTrailStatus', { Name: trail.TrailARN });
  expect(status.body).toMatchObject({ IsLogging: true });
});
