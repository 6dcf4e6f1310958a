import { ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { failureOf, Keys, TestSandbox } from '../__testUtils__/sandbox';

let aws: TestSandbox;
let keys: Keys;

beforeEach(async () => {
  aws = await TestSandbox.start();
  keys = await aws.assume();
});

afterEach(() => aws.stop());

const list = () => aws.s3(keys).send(new ListBucketsCommand({}));
const whoAmI = () => aws.sts(keys).send(new GetCallerIdentityCommand({}));

it.each([
  ['error', 'InternalFailure', 500],
  ['throttle', 'SlowDown', 503],
  ['deny', 'AccessDenied', 403],
] as const)(
  '%s strikes the calls it names, until removed',
  async (effect, code, status) => {
    const remove = aws.sandbox.faults.inject({ service: 's3', effect });
    expect(await failureOf(list())).toMatchObject({ code, status });
    await expect(whoAmI()).resolves.toBeDefined();
    remove();
    await expect(list()).resolves.toBeDefined();
  },
);

it('strikes as often as it says', async () => {
  aws.sandbox.faults.inject({
    action: 'GetCallerIdentity',
    effect: 'throttle',
    times: 1,
  });
  expect(await failureOf(whoAmI())).toMatchObject({
    code: expect.stringMatching(/^Throttling/),
  });
  await expect(whoAmI()).resolves.toBeDefined();
});

it('drop after the call: the call counts, and no answer comes', async () => {
  aws.sandbox.faults.inject({ effect: 'drop', when: 'after', times: 1 });
  const put = aws.s3(keys).send(
    new PutObjectCommand({
      Bucket: 'payroll-archive',
      Key: 'x',
      Body: 'x',
    }),
  );
  expect((await failureOf(put)).status).toBe(0);
  expect(
    aws.sandbox.world.bucket('aws', 'payroll-archive')!.objects.has('x'),
  ).toBe(true);
});

it('hold keeps a call back until released, and keys that end meanwhile do not work', async () => {
  const release = aws.sandbox.faults.inject({
    service: 'secretsmanager',
    effect: 'hold',
  });
  const call = failureOf(
    aws
      .secrets(keys)
      .send(new GetSecretValueCommand({ SecretId: 'payroll/database' })),
  );
  await aws.sandbox.faults.untilHeld();
  aws.clock.advance(3_600);
  release();
  expect(await call).toMatchObject({ code: expect.stringMatching(/^Expired/) });
});

it('stop lets go of calls that are held', async () => {
  const other = await TestSandbox.start();
  const held = other.sts();
  other.sandbox.faults.inject({ effect: 'hold' });
  const call = failureOf(held.send(new GetCallerIdentityCommand({})));
  await other.sandbox.faults.untilHeld();
  await other.stop();
  expect((await call).status).toBe(0);
});
