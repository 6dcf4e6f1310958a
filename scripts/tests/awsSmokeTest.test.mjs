import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { inRoot } from '../lib/root.mjs';
import { readSettings, VARIABLES } from '../lib/smoke/settings.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');

const { startAwsSandbox } = require(inRoot(
  'packages/aws-sandbox/src/index.ts',
));

const ACCOUNT = '222233334444';
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/break-glass/BreakGlassBoundary`;
const SECRET = 'sandbox-broker-secret-commercial';
const KEPT_OUT = '01K8EXAMP1E000000000000000';

/** Runs the script to its end. */
function smokeTest(environment, ...options) {
  const child = spawn(
    process.execPath,
    [inRoot('scripts/awsSmokeTest.mjs'), ...options],
    {
      env: {
        PATH: process.env.PATH,
        AWS_ACCESS_KEY_ID: 'AKIASANDBOXBROKERAWS',
        AWS_SECRET_ACCESS_KEY: SECRET,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        SMOKE_ACCOUNT: ACCOUNT,
        SMOKE_REGION: 'eu-central-1',
        ...environment,
      },
    },
  );
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => (output += chunk));
  return new Promise(resolve => {
    child.once('close', code => resolve({ code, output }));
  });
}

describe('the smoke test for AWS', () => {
  let folder;
  let sandbox;
  const unhurt = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smoke-test-'));
    sandbox = await startAwsSandbox({
      logDirectory: folder,
      propagationDelayMs: 200,
    });
  });
  after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => unhurt.splice(0).forEach(remove => remove()));

  const inTheSandbox = () => ({
    SMOKE_EXTERNAL_ID: 'bg-payments',
    SMOKE_STS_ENDPOINT: sandbox.url,
    SMOKE_IAM_ENDPOINT: sandbox.url,
    SMOKE_SIGN_IN_ENDPOINT: sandbox.signInUrl,
    SMOKE_SERVICES_ENDPOINT: sandbox.url,
    SMOKE_LEASE_END_SECONDS: '2',
    SMOKE_KILL_MINUTES: '0.2',
    SMOKE_TRAIL_MINUTES: '0.3',
  });
  const inUse = () =>
    sandbox.world.managedPolicy(BOUNDARY).current.stored.document.text;
  const broken = fault => unhurt.push(sandbox.faults.inject(fault));
  const resultOf = (output, title) =>
    output
      .split('\n')
      .find(each => each.includes(title))
      ?.slice(0, 10)
      .trim();

  it('does nothing without --yes', async () => {
    const nowhere = { SMOKE_STS_ENDPOINT: 'http://127.0.0.1:1' };

    const { code, output } = await smokeTest(nowhere);

    assert.equal(code, 0, output);
    assert.match(output, /Nothing was done/);
    assert.match(output, new RegExp(`role/break-glass/BreakGlassAdmin`));
  });

  it('proves what it can, says what it cannot, shows no secret and leaves the policy as it was', async () => {
    const { output, code } = await smokeTest(inTheSandbox(), '--yes');

    assert.equal(code, 0, output);
    assert.match(output, /11 ok, 0 failed, 2 cannot say/);
    assert.equal(resultOf(output, 'An hour, and a second more'), 'cannot say');
    assert.equal(resultOf(output, 'An open console'), 'cannot say');
    assert.equal(
      inUse(),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    );
    // Keys of sessions, tokens and sign-in addresses are long; nothing of that kind is printed.
    assert.doesNotMatch(output, /ASIA|SigninToken|[A-Za-z0-9+/]{60,}/);
    assert.ok(!output.includes(SECRET));
  });

  it('keeps out what was kept out before', async () => {
    const { current } = sandbox.world.managedPolicy(BOUNDARY);
    const { text } = current.stored.document;
    const before_ = text;
    const withOther = JSON.parse(text);
    withOther.Statement.push({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringLike: { 'aws:userid': [`*:*@${KEPT_OUT}`] } },
    });
    current.stored.document.text = JSON.stringify(withOther);
    try {
      const { code, output } = await smokeTest(
        { ...inTheSandbox(), SMOKE_TRAIL_MINUTES: '0' },
        '--yes',
      );

      assert.equal(code, 0, output);
      assert.ok(inUse().includes(KEPT_OUT));
    } finally {
      sandbox.world.managedPolicy(BOUNDARY).current.stored.document.text =
        before_;
    }
  });

  it('fails, with what to do, where the killer role may not kill', async () => {
    broken({ service: 'iam', action: 'CreatePolicyVersion', effect: 'deny' });

    const { code, output } = await smokeTest(
      { ...inTheSandbox(), SMOKE_TRAIL_MINUTES: '0' },
      '--yes',
    );

    assert.equal(code, 1, output);
    assert.equal(resultOf(output, 'A kill by the boundary policy'), 'failed');
    assert.match(output, /check the killer role of the account/);
  });

  it('fails, with what to do, where the role does not trust the broker', async () => {
    const { code, output } = await smokeTest(
      { ...inTheSandbox(), SMOKE_EXTERNAL_ID: 'wrong' },
      '--yes',
    );

    assert.equal(code, 1, output);
    assert.match(output, /failed +AssumeRole as the portal asks/);
    assert.match(output, /not tried/);
    assert.match(output, /trust/);
  });

  it('ends with 2 and the variables where a setting is wrong', async () => {
    const { code, output } = await smokeTest({
      SMOKE_ACCOUNT: '12',
      SMOKE_ROLE: "x'; reboot",
    });

    assert.equal(code, 2);
    assert.match(output, /SMOKE_ACCOUNT must be/);
    assert.match(output, /SMOKE_ROLE must be/);
  });

  it('knows the partition of every region', () => {
    const partitionOf = SMOKE_REGION =>
      readSettings({ SMOKE_ACCOUNT: ACCOUNT, SMOKE_REGION }).settings.partition;

    assert.deepEqual(
      [
        ...['eu-central-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1'],
        ...['us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'],
        'eusc-de-east-1',
      ].map(partitionOf),
      [
        ...['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b'],
        ...['aws-iso-e', 'aws-iso-f', 'aws-eusc'],
      ],
    );
  });

  it('is documented step by step, and variable by variable', async () => {
    const { STEPS } = await import('../lib/smoke/steps.mjs');
    const page = readFileSync(inRoot('docs/aws-smoke-test.md'), 'utf8');

    const missing = [
      ...STEPS.map(({ title }) => title),
      ...VARIABLES.map(([name]) => `\`${name}\``),
    ].filter(each => !page.includes(each));

    assert.deepEqual(missing, []);
  });
});
