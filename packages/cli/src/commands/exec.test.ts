import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OLDER_VARIABLES } from 'backstage-plugin-break-glass-common/credentials';
import { endNotices } from '../aws/endNotices';
import { environmentWith } from '../aws/environment';
import {
  anActiveLease,
  AwsPortal,
  startAwsPortal,
} from '../aws/testing/AwsPortal';
import { Bundle, ended } from '../aws/testing/Bundle';
import { secretsIn } from '../aws/testing/secrets';
import { EXIT } from '../exitCodes';

jest.setTimeout(120_000);

const NODE = process.execPath;

describe('exec', () => {
  let portal: AwsPortal;
  let bundle: Bundle;
  let home: string;
  beforeEach(async () => {
    portal = await startAwsPortal({ at: Date.now() });
    bundle = new Bundle(portal);
    home = mkdtempSync(join(tmpdir(), 'exec-'));
  });
  afterEach(async () => {
    bundle.remove();
    await portal.stop();
  });

  const run = (command: string[], input = '', env = {}) =>
    bundle.run(
      ['exec', 'payroll', '--', ...command],
      { ...bundle.environment(home), ...env },
      input,
    );

  it('runs a command with the credentials, and with nothing of older ones', async () => {
    const lease = await anActiveLease(portal);
    const older = Object.fromEntries(
      OLDER_VARIABLES.map(name => [name, 'older']),
    );
    const ran = await run([NODE, '-p', 'JSON.stringify(process.env)'], '', {
      ...older,
      AWS_REGION: 'us-east-1',
      KEPT: 'yes',
    });
    expect(ran).toMatchObject({ stderr: '', code: 0 });
    const env = JSON.parse(ran.stdout);
    const [{ accessKeyId, expiresAt }] = await portal.issued(lease.id);
    expect(
      Object.fromEntries(
        Object.entries(env).filter(([name]) => name.startsWith('AWS_')),
      ),
    ).toEqual({
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: expect.stringMatching(/.{20,}/),
      AWS_SESSION_TOKEN: expect.stringMatching(/.{20,}/),
      AWS_CREDENTIAL_EXPIRATION: expiresAt,
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
    });
    expect(env.KEPT).toBe('yes');
  });

  it('passes input, output, arguments and the exit code through', async () => {
    await anActiveLease(portal);
    const script = join(home, 'echo me.js');
    writeFileSync(
      script,
      `process.stdin.pipe(process.stdout);
       process.stderr.write(JSON.stringify(process.argv.slice(2)));
       process.exitCode = 42;`,
    );
    const args = ['two words', '"; rm -rf ~', '$HOME', '--profile', 'x'];
    const ran = await run([NODE, script, ...args], 'in and out');
    expect(ran).toEqual({
      stdout: 'in and out',
      stderr: JSON.stringify(args),
      code: 42,
    });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)(
    'passes %s on, and ends as shells do: %i',
    async (signal, code) => {
      await anActiveLease(portal);
      const child = bundle.start(
        [
          'exec',
          'payroll',
          '--',
          NODE,
          '-e',
          "console.log('up'); setInterval(() => {}, 1000)",
        ],
        bundle.environment(home),
      );
      const end = ended(child);
      await new Promise(resolve => {
        child.stdout!.once('data', resolve);
      });
      child.kill(signal);
      expect(await end).toEqual({ stdout: 'up\n', stderr: '', code });
    },
  );

  it('leaves to a terminal what it sends, also where input comes from elsewhere', async () => {
    await anActiveLease(portal);
    const script = join(home, 'count.js');
    writeFileSync(
      script,
      `let interrupts = 0;
       process.on('SIGINT', () => { interrupts += 1; if (interrupts === 1) process.kill(process.ppid, 'SIGTERM'); });
       process.on('SIGTERM', () => { console.log('in all ' + interrupts); process.exit(0); });
       console.log('up');
       setInterval(() => {}, 1000);`,
    );
    const seen = await bundle.inTerminal(
      `exec '${NODE}' '${bundle.file}' exec payroll -- '${NODE}' '${script}' < /dev/null`,
      bundle.environment(home),
      // What is passed on comes in the order in which our process got it: an interrupt before the end.
      [['up', '\x03']],
    );
    expect(seen).toContain('in all 1');
  });

  it('lets the command answer a signal in its own way', async () => {
    await anActiveLease(portal);
    const child = bundle.start(
      [
        'exec',
        'payroll',
        '--',
        NODE,
        '-e',
        "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)",
      ],
      bundle.environment(home),
    );
    const end = ended(child);
    await new Promise(resolve => {
      child.stdout!.once('data', resolve);
    });
    child.kill('SIGTERM');
    expect((await end).code).toBe(7);
  });

  it('says when the credentials end soon', async () => {
    portal.clock.advance({ minutes: -8 });
    await anActiveLease(portal, { durationMinutes: 15 });
    portal.clock.advance({ minutes: 8 });
    const ran = await run([NODE, '-e', '']);
    expect(ran).toMatchObject({ stdout: '', code: 0 });
    expect(ran.stderr).toMatch(
      /^break-glass: These credentials end in 7 minutes, at [^\n]+\n$/,
    );
  });

  it('runs nothing without credentials', async () => {
    const mark = join(home, 'ran');
    const ran = await run([NODE, '-e', `fs.writeFileSync('${mark}', '')`]);
    expect(ran).toMatchObject({ stdout: '', code: EXIT.noLease });
    expect(ran.stderr).toMatch(/Run: break-glass request payroll/);
    expect(existsSync(mark)).toBe(false);
  });

  it('names a command that is not there', async () => {
    await anActiveLease(portal);
    const ran = await run(['no-such-command']);
    expect(ran.stderr).toMatch(/no-such-command could not be run \(ENOENT\)/);
    expect(ran.code).toBe(127);
    expect(secretsIn(ran.stderr)).toEqual([]);
  });
});

describe('the end of credentials', () => {
  const now = Date.parse('2026-10-01T12:00:00.000Z');
  const ending = (minutes: number) =>
    endNotices(
      { expiration: new Date(now + minutes * 60_000).toISOString() },
      now,
    );

  it('is told at once where it is near', () => {
    expect(ending(4)).toEqual([
      {
        after: 0,
        text: 'These credentials end in 4 minutes, at 2026-10-01T12:04:00.000Z.',
      },
      { after: 240_000, text: expect.stringMatching(/have ended/) },
    ]);
    expect(ending(1)[0].text).toMatch(/in 1 minute,/);
  });

  it('is told five minutes before where it is far', () => {
    expect(ending(60).map(({ after }) => after)).toEqual([
      55 * 60_000,
      60 * 60_000,
    ]);
  });
});

describe('environmentWith', () => {
  it('knows that Windows takes aws_profile for AWS_PROFILE', () => {
    const credentials = {
      accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      sessionToken: 'FwoGZXIvYXdzEXAMPLETOKEN//////////==',
      expiration: '2026-10-01T13:00:00.000Z',
      region: 'eu-central-1',
    };
    const env = { aws_profile: 'mine', Path: 'C:\\bin' };
    const onWindows = environmentWith({ env, platform: 'win32' }, credentials);
    expect(onWindows).not.toHaveProperty('aws_profile');
    expect(onWindows.Path).toBe('C:\\bin');
    const elsewhere = environmentWith({ env, platform: 'linux' }, credentials);
    expect(elsewhere.aws_profile).toBe('mine');
  });
});
