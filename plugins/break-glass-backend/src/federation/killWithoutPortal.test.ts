import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { CreatePolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { IssuedSession, killLines } from 'backstage-plugin-break-glass-common';
import { parse } from 'yaml';
import { LeaseRow } from '../database/types';
import { describeDatabases } from '../testing/databases';
import { asSession, keysOf } from './aws/testing/asSession';
import { boundaryDocument } from './boundaryDocument';
import { FederationWorld, HandClock } from './testing/FederationWorld';

const run = promisify(execFile);
const CLI = '/usr/bin/aws';
const BOUNDARY =
  'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary';
const KILLER = 'arn:aws:iam::111122223333:role/break-glass/BreakGlassKiller';
const DOCUMENT = path.resolve(
  __dirname,
  '../../../../examples/operations/kill-leases.yaml',
);

jest.setTimeout(120_000);

function hasBoto(): boolean {
  try {
    // Older ones do not take the sandbox's address from the environment.
    const recent =
      'import boto3; assert tuple(map(int, boto3.__version__.split(".")[:2])) >= (1, 28)';
    execFileSync('python3', ['-c', recent], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const present = {
  // Where tests must not be skipped, they fail instead.
  cli: existsSync(CLI) || process.env.CI === 'true',
  boto: hasBoto(),
};
if (!present.cli) {
  process.stderr.write(
    `Skipped: the AWS CLI is not at ${CLI}; install it with "apt-get install awscli".\n`,
  );
}
if (!present.boto) {
  process.stderr.write(
    'Skipped: Python has no boto3 of 1.28 or newer, which runs the Systems Manager document; install it with "pip install boto3".\n',
  );
}

/** The killer role's keys in the environment of a program, as an operator has them. */
async function environment(world: FederationWorld) {
  const sts = new STSClient({
    endpoint: world.sandbox.url,
    region: 'eu-central-1',
    credentials: {
      accessKeyId: 'AKIASANDBOXBROKERAWS',
      secretAccessKey: 'sandbox-broker-secret-commercial',
    },
  });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: KILLER, RoleSessionName: 'operator' }),
  );
  return {
    PATH: `${path.join(world.directory, 'bin')}:/usr/bin:/bin`,
    HOME: world.directory,
    AWS_ACCESS_KEY_ID: Credentials!.AccessKeyId!,
    AWS_SECRET_ACCESS_KEY: Credentials!.SecretAccessKey!,
    AWS_SESSION_TOKEN: Credentials!.SessionToken!,
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: world.sandbox.url,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Where Python finds its libraries; of the settings of AWS that may be there nothing is read. */
function ofPython() {
  const { PATH, HOME } = process.env;
  const none = '/dev/null';
  return {
    PATH,
    HOME,
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
  };
}

/** Fills the boundary policy up to the five versions that IAM keeps. */
async function fourVersionsMore(world: FederationWorld): Promise<void> {
  const env = await environment(world);
  const iam = new IAMClient({
    endpoint: world.sandbox.url,
    region: 'us-east-1',
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    },
  });
  for (let made = 0; made < 4; made += 1) {
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: BOUNDARY,
        PolicyDocument: boundaryDocument([]),
        SetAsDefault: true,
      }),
    );
  }
}

/** The lines in bash. Debian's AWS CLI takes an endpoint as an option only. */
async function inBash(world: FederationWorld, lines: string): Promise<string> {
  const bin = path.join(world.directory, 'bin');
  await mkdir(bin, { recursive: true });
  const wrapper = `#!/bin/sh\nexec ${CLI} --endpoint-url ${world.sandbox.url} "$@"\n`;
  await writeFile(path.join(bin, 'aws'), wrapper);
  await chmod(path.join(bin, 'aws'), 0o755);
  const { stdout } = await run('bash', ['-c', lines], {
    env: await environment(world),
  });
  return stdout.trim();
}

/** The script of the Systems Manager document, called as Automation calls it. */
async function inAutomation(
  world: FederationWorld,
  LeaseIds: string[],
): Promise<unknown> {
  const { mainSteps } = parse(readFileSync(DOCUMENT, 'utf8'));
  const { Script, Handler } = mainSteps[0].inputs;
  const event = JSON.stringify({ PolicyArn: BOUNDARY, LeaseIds });
  const call = `${Script}\n\nimport sys\nprint(json.dumps(${Handler}(json.loads(sys.argv[1]), {})))`;
  const { stdout } = await run('python3', ['-c', call, event], {
    env: { ...(await environment(world)), ...ofPython() },
  });
  return JSON.parse(stdout);
}

const issue = (world: FederationWorld, lease: LeaseRow) =>
  world.federation().sessions.issue({ ref: 'user:default/mary' }, lease.id, {
    type: 'credentials',
  });

const use = (world: FederationWorld, session: IssuedSession) =>
  asSession(world, keysOf(session)).s3.send(new ListBucketsCommand({}));

const inUse = (world: FederationWorld) =>
  world.sandbox.world.managedPolicy(BOUNDARY)!.current.stored.document.text;

it('the documentation has the lines as they are printed', () => {
  const operations = path.resolve(__dirname, '../../../../docs/operations.md');
  expect(readFileSync(operations, 'utf8')).toContain(
    killLines({
      policyArn: BOUNDARY,
      leaseIds: ['01K8EXAMP1E000000000000000'],
    }),
  );
});

describeDatabases((name, open) => {
  if (name !== 'SQLITE_3') {
    // Nothing here depends on the database.
    it('is tried on SQLite', () => expect(name).toBe('POSTGRES_15'));
    return;
  }
  let world: FederationWorld | undefined;
  afterEach(() => world?.stop());

  /** With the real time: the AWS CLI knows no other. */
  async function start(): Promise<FederationWorld> {
    const clock = new HandClock(Date.now());
    const { database } = await open({ clock });
    world = await FederationWorld.start(database, clock, {
      propagationDelayMs: 0,
    });
    return world;
  }

  (present.cli ? describe : describe.skip)('lines for the AWS CLI', () => {
    it('I4: without the portal: the printed lines refuse a lease’s sessions, and leave another’s alone', async () => {
      const aWorld = await start();
      const [killed, other, before] = [
        await aWorld.activeLease(),
        await aWorld.activeLease(),
        await aWorld.activeLease(),
      ];
      const session = await issue(aWorld, killed);
      const otherSession = await issue(aWorld, other);
      await issue(aWorld, before);
      await aWorld.end(before);
      await aWorld.federation().kills.kill(before.id);

      const lines = killLines({ policyArn: BOUNDARY, leaseIds: [killed.id] });
      expect(await inBash(aWorld, lines)).toBe('v3');

      await expect(use(aWorld, session)).rejects.toThrow(
        'with an explicit deny in a permissions boundary',
      );
      await use(aWorld, otherSession);
      expect(JSON.parse(inUse(aWorld))).toEqual(
        JSON.parse(boundaryDocument([before.id, killed.id])),
      );
    });

    it('the printed lines make room where five versions are there, and do no harm twice', async () => {
      const aWorld = await start();
      const lease = await aWorld.activeLease();
      const lines = killLines({ policyArn: BOUNDARY, leaseIds: [lease.id] });

      await fourVersionsMore(aWorld);

      expect(await inBash(aWorld, lines.repeat(2))).toBe('v6\nv7');

      const { versions } = aWorld.sandbox.world.managedPolicy(BOUNDARY)!;
      expect(versions.map(({ id }) => id).sort()).toEqual([
        ...['v3', 'v4', 'v5', 'v6', 'v7'],
      ]);
      expect(inUse(aWorld)).toBe(boundaryDocument([lease.id]));
    });
  });

  (present.boto ? describe : describe.skip)('Systems Manager', () => {
    it('I4: without the portal: the Systems Manager document refuses a lease’s sessions, and leave another’s alone', async () => {
      const aWorld = await start();
      const [killed, other, before] = [
        await aWorld.activeLease(),
        await aWorld.activeLease(),
        await aWorld.activeLease(),
      ];
      const session = await issue(aWorld, killed);
      const otherSession = await issue(aWorld, other);
      await inAutomation(aWorld, [before.id]);
      for (const versionId of ['v3', 'v4', 'v5', 'v6']) {
        expect(await inAutomation(aWorld, [killed.id])).toEqual({
          VersionId: versionId,
          LeaseIds: [before.id, killed.id].sort(),
        });
      }

      await expect(use(aWorld, session)).rejects.toThrow(
        'with an explicit deny in a permissions boundary',
      );
      await use(aWorld, otherSession);
      expect(inUse(aWorld)).toBe(boundaryDocument([before.id, killed.id]));
      await expect(inAutomation(aWorld, ['*'])).rejects.toThrow(
        'LeaseIds must be ids of leases',
      );
    });
  });
});
