import { agreeAs } from './testing/agreeAs';
import { SignInPortal, startSignInPortal } from './testing/startSignInPortal';
import { Terminal } from './testing/Terminal';

jest.setTimeout(120_000);

const REQUEST =
  'request payroll --role break-glass --profile unlock-bucket --param bucket=payroll-reports --ticket SUP-1234 --duration 1h'
    .split(' ')
    .concat('--reason', 'Alice is locked out of her bucket');

let portal: SignInPortal;
const terminals: Terminal[] = [];

/** The machine of a person whose browser opens what it is given. */
async function signedIn(
  person: string,
  open = (url: string): Promise<unknown> => agreeAs(person, url),
): Promise<Terminal> {
  const terminal = new Terminal({
    now: () => portal.clock.now(),
    openBrowser: url => open(url),
  });
  terminals.push(terminal);
  const outcome = await terminal.run(['login', '--portal', portal.address]);
  expect(outcome).toMatchObject({
    exitCode: 0,
    stdout: `Signed in at ${portal.address} as user:default/${person}.\n`,
  });
  return terminal;
}

beforeAll(async () => {
  // The portal takes plain http for its own client document only in development.
  process.env.NODE_ENV = 'development';
  portal = await startSignInPortal();
});

afterAll(async () => {
  process.env.NODE_ENV = 'test';
  await portal.stop();
  terminals.forEach(terminal => terminal.remove());
});

describe('the break-glass command at a portal', () => {
  it('goes from login over request, approval and console to the end', async () => {
    const opened: string[] = [];
    const mary = await signedIn('mary', async url => {
      opened.push(url);
      return url.includes('/authorize')
        ? agreeAs('mary', url)
        : fetch(url, { redirect: 'manual' });
    });
    const daniel = await signedIn('daniel');

    const accounts = await mary.run(['accounts', 'payroll']);
    expect(accounts.stdout).toMatch(/^payroll +111122223333 +Payroll/m);

    const asked = await mary.run(REQUEST, [['Send this request?', 'y\n']]);
    expect(asked.exitCode).toBe(0);
    expect(asked.stderr).toMatch(/^Allows +Amazon S3: list, read/m);
    expect(asked.stderr).toContain('can decide: Daniel Weiss');
    const id = asked.stdout.trim();
    expect((await mary.run(['status'])).stdout).toMatch(
      new RegExp(`^${id} .*pending, waits for 1 approval`, 'm'),
    );
    expect((await mary.run(['console'])).exitCode).toBe(4);

    const own = await mary.run(['approve', id], [['Approve this', 'y\n']]);
    expect(own.exitCode).toBe(5);
    expect(own.stderr).toContain(
      'break-glass: You asked for this lease: another person must decide on it.',
    );

    expect((await daniel.run(['status', '--approvals'])).stdout).toContain(id);
    const approved = await daniel.run(
      ['approve', id, '--comment', 'Talked to Alice'],
      [['Approve this for Mary Novak', 'y\n']],
    );
    expect(approved.stderr).toMatch(/^Reason +Alice is locked out/m);
    expect(approved.stdout).toBe(
      `Approved. Lease ${id} is active, ends in 1 h.\n`,
    );
    portal.clock.advance({ minutes: 20 });
    expect((await mary.run(['status'])).stdout).toContain('ends in 40 min');

    const more = await mary.run(
      ['extend', '--duration', '30m', '--reason', 'Two buckets are locked'],
      [['Ask for more time on Payroll?', 'y\n']],
    );
    expect(more.stderr).toMatch(/^Would end .*\(in 1 h 10 min\), 1 h 30 min/m);
    expect(more.stdout).toContain('ends in 40 min. 30 min more: pending.');
    expect(
      (await mary.run(['extend', id, '--duration', '30m'])).stderr,
    ).toContain('An extension of this lease waits already.');
    await daniel.run(['approve', id], [['Approve more time', 'y\n']]);
    expect((await mary.run(['status'])).stdout).toContain('ends in 1 h 10 min');

    const opening = await mary.run(['console']);
    expect(opening).toMatchObject({ exitCode: 0, stderr: '' });
    expect(opened.at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    const printed = await mary.run(['console', 'payroll', '--print']);
    const signIn = await fetch(printed.stdout.trim(), { redirect: 'manual' });
    expect(signIn.headers.get('location')).toContain('s3');
    expect(signIn.headers.get('set-cookie')).not.toBeNull();

    const ended = await mary.run(['end', '--comment', 'Bucket is open again']);
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toContain(`Lease ${id} on Payroll is ended.`);
    expect(await mary.run(['console'])).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr:
        'break-glass: You have no lease that is active. Run: break-glass request\n',
    });
  });

  it('takes a request back, and says so to who decides too late', async () => {
    const mary = await signedIn('mary');
    const daniel = await signedIn('daniel');
    const { stdout } = await mary.run([...REQUEST, '--yes', '--json']);
    const { id, scopeHash } = JSON.parse(stdout);

    expect((await mary.run(['end', id])).stdout).toContain('is cancelled.');
    const late = await daniel.run([
      'approve',
      id,
      '--yes',
      '--json',
      '--scope',
      scopeHash,
    ]);

    expect(late).toMatchObject({ exitCode: 5, stdout: '' });
    expect(late.stderr).toContain('"code": "wrong-status"');
  });

  it('rejects with a comment that the requester sees', async () => {
    const mary = await signedIn('mary');
    const daniel = await signedIn('daniel');
    const id = (await mary.run([...REQUEST, '--yes'])).stdout.trim();

    const rejected = await daniel.run([
      'reject',
      id,
      '--yes',
      '--comment',
      'Use the standing role',
    ]);

    expect(rejected.stdout).toContain(`Rejected. Lease ${id} is rejected`);
    expect((await mary.run(['status', id])).stdout).toMatch(
      /^Decisions +reject by user:default\/daniel at .*: Use the standing role$/m,
    );
  });

  it('I2: without a question, approves only what was looked at', async () => {
    const mary = await signedIn('mary');
    const daniel = await signedIn('daniel');
    const { stdout } = await mary.run([...REQUEST, '--yes', '--json']);
    const { id, scopeHash } = JSON.parse(stdout);
    const approve = (...scope: string[]) =>
      daniel.run(['approve', id, '--yes', ...scope]);

    expect((await approve()).exitCode).toBe(2);
    expect((await approve('--scope', scopeHash.slice(0, 8))).exitCode).toBe(2);
    expect((await approve('--scope', '0'.repeat(64))).exitCode).toBe(2);
    expect((await mary.run(['status', id])).stdout).toMatch(/^State +pending/m);
    expect((await approve('--scope', scopeHash)).exitCode).toBe(0);
    await mary.run(['end', id]);
  });

  it('pitfall 6: one key makes one lease', async () => {
    const mary = await signedIn('mary');
    const ask = () =>
      mary.run([...REQUEST, '--yes', '--idempotency-key', 'the-same']);

    const first = await ask();
    const second = await ask();

    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).toContain('Asked for before');
    await mary.run(['end', first.stdout.trim()]);
  });

  it('pitfall 27: no output holds a token or the address of a console', async () => {
    const written = terminals.map(terminal => terminal.written).join('');

    expect(written).not.toMatch(/eyJ[\w-]{10}/);
    // Only where it was asked for by --print.
    expect(written.match(/SigninToken=/g)).toHaveLength(1);
  });
});
