import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { agreeAs } from '../testing/agreeAs';
import { SignInPortal, startSignInPortal } from '../testing/startSignInPortal';
import { Terminal } from '../testing/Terminal';
import { answerFromCache } from './answerFromCache';

jest.setTimeout(60_000);

describe('credentials of a person who signed in', () => {
  let portal: SignInPortal;
  let mary: Terminal;
  let daniel: Terminal;

  beforeAll(async () => {
    // The portal takes plain http for its own client document only in development.
    process.env.NODE_ENV = 'development';
    portal = await startSignInPortal();
  });
  afterAll(async () => {
    process.env.NODE_ENV = 'test';
    await portal.stop();
  });
  beforeEach(async () => {
    mary = await signedIn('mary');
    daniel = await signedIn('daniel');
  });
  afterEach(() => {
    mary.remove();
    daniel.remove();
  });

  async function signedIn(person: string): Promise<Terminal> {
    const terminal = new Terminal({
      now: () => portal.clock.now(),
      openBrowser: url => agreeAs(person, url),
    });
    await terminal.run(['login', '--portal', portal.address]);
    return terminal;
  }

  /** Asks for a lease and gives its id. */
  async function request(duration = '1h'): Promise<string> {
    const asked = await mary.run([
      ...['request', 'payroll', '--role', 'break-glass', '--yes'],
      ...['--profile', 's3-kms-iam', '--ticket', 'SUP-1234'],
      ...['--duration', duration, '--reason', 'The bucket is locked'],
    ]);
    return asked.stdout.trim();
  }

  async function activeLease(duration?: string): Promise<string> {
    const id = await request(duration);
    await daniel.run(['approve', id], [['Approve this', 'y\n']]);
    return id;
  }

  const kept = () => {
    const folder = join(mary.folders.cache, 'credentials');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const fast = (...args: string[]) => answerFromCache(mary.context(), args);

  it('come the short way once they are kept, at the portal that is named', async () => {
    const lease = await activeLease();
    expect(await fast('payroll')).toBeUndefined();
    const asked = await mary.run(['credential-process', 'payroll']);
    expect(asked).toMatchObject({ exitCode: 0, stderr: '' });

    expect(await fast('payroll')).toBe(asked.stdout);
    expect(await fast('payroll', '--portal', portal.address)).toBe(
      asked.stdout,
    );
    expect(
      await fast('payroll', '--portal', 'https://portal.example.com'),
    ).toBeUndefined();
    expect(await fast('payroll', '--lease', lease)).toBeUndefined();
    expect(await fast('payroll', '--unknown')).toBeUndefined();
    expect(await fast('payroll', 'payments')).toBeUndefined();
    await mary.run(['end', lease]);
  });

  it('are waited for once the portal is asked to issue them, though living ones are kept', async () => {
    const lease = await activeLease('2h');
    const old = await mary.run(['credential-process', 'payroll']);
    portal.clock.advance({ minutes: 56 });
    const patience = new AbortController();
    const timeout = jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(ms =>
        ms === 5_000 ? patience.signal : new AbortController().signal,
      );
    const release = portal.sandbox.faults.inject({
      service: 'sts',
      action: 'AssumeRole',
      effect: 'hold',
    });

    const asked = mary.run(['credential-process', 'payroll']);
    await portal.sandbox.faults.untilHeld();
    patience.abort(new DOMException('Out of patience', 'TimeoutError'));
    release();
    const renewed = await asked;
    timeout.mockRestore();

    expect(renewed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(renewed.stdout).not.toBe(old.stdout);
    expect(await fast('payroll')).toBe(renewed.stdout);
    const { client } = await mary.context().session();
    const { sessions } = await client.call('getLease', {
      params: { id: lease },
    });
    expect(sessions).toHaveLength(2);
    await mary.run(['end', lease]);
  });

  it('are dropped with the end of their lease', async () => {
    const lease = await activeLease();
    await mary.run(['credentials', 'payroll']);
    expect(kept()).toHaveLength(1);
    const ended = await mary.run(['end', lease]);
    expect(ended.exitCode).toBe(0);
    expect(kept()).toEqual([]);
    expect(await fast('payroll')).toBeUndefined();
  });

  it('are dropped with a new request, as their lease may have been ended elsewhere', async () => {
    const lease = await activeLease();
    await mary.run(['credentials', 'payroll']);
    expect(kept()).toHaveLength(1);
    const { client } = await mary.context().session();
    await client.call('endLease', { params: { id: lease }, body: {} });
    const next = await request();
    expect(kept()).toEqual([]);
    await mary.run(['end', next]);
  });

  it('are dropped with the sign-in', async () => {
    const lease = await activeLease();
    await mary.run(['credentials', 'payroll']);
    expect(kept()).toHaveLength(1);
    await mary.run(['logout']);
    expect(kept()).toEqual([]);
    await mary.run(['login', '--portal', portal.address]);
    await mary.run(['end', lease]);
  });
});
