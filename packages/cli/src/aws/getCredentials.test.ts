import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { EXIT } from '../exitCodes';
import { withLock } from '../files/withLock';
import { cachedFor } from './cachedFor';
import {
  aPendingLease,
  anActiveLease,
  AwsPortal,
  startAwsPortal,
} from './testing/AwsPortal';
import { clientOf } from './testing/clientOf';
import { secretsIn } from './testing/secrets';
import { TestContext } from './testing/TestContext';

jest.setTimeout(120_000);

describe('getCredentials', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
  });
  afterEach(() => portal.stop());

  const keyOf = ({ stdout }: { stdout: string }) =>
    JSON.parse(stdout).AccessKeyId;
  const ask = (...options: string[]) =>
    mary.run(['credential-process', 'payroll', ...options]);

  it('pitfall 30: answers with exactly the documented fields, and keeps what it got', async () => {
    const lease = await anActiveLease(portal);
    const first = await ask();
    const second = await ask();

    expect(Object.keys(JSON.parse(first.stdout)).sort()).toEqual([
      'AccessKeyId',
      'Expiration',
      'SecretAccessKey',
      'SessionToken',
      'Version',
    ]);
    expect(JSON.parse(first.stdout).Expiration).toBe(
      '2026-10-01T13:00:00.000Z',
    );
    expect({ ...second, stdout: '' }).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    });
    expect(keyOf(second)).toBe(keyOf(first));
    expect(await portal.issued(lease.id)).toHaveLength(1);
  });

  it('renews five minutes before the hour is over, and not before', async () => {
    const lease = await anActiveLease(portal);
    const first = await ask();
    portal.clock.advance({ minutes: 54, seconds: 59 });
    expect(keyOf(await ask())).toBe(keyOf(first));
    portal.clock.advance({ seconds: 1 });
    expect(keyOf(await ask())).not.toBe(keyOf(first));
    expect(await portal.issued(lease.id)).toHaveLength(2);
  });

  it('uses what lasts to the end of the lease until then, and gets nothing after it', async () => {
    const lease = await anActiveLease(portal, { durationMinutes: 30 });
    const first = await ask();
    expect(JSON.parse(first.stdout).Expiration).toBe(
      '2026-10-01T12:30:00.000Z',
    );
    portal.clock.advance({ minutes: 29, seconds: 59 });
    expect(keyOf(await ask())).toBe(keyOf(first));
    portal.clock.advance({ seconds: 1 });
    const over = await ask();
    expect(over).toMatchObject({
      stdout: '',
      exitCode: EXIT.noLease,
    });
    expect(await portal.issued(lease.id)).toHaveLength(1);
  });

  it('gets new ones where it is told to, and keeps nothing else of the account', async () => {
    const ended = await anActiveLease(portal);
    await ask('--profile', 's3-kms-iam');
    await portal.as('mary', 'endLease', { params: { id: ended.id }, body: {} });
    const lease = await anActiveLease(portal);
    await mary.run(['credentials', 'payroll', '--renew']);
    expect(await portal.issued(lease.id)).toHaveLength(1);
    await ask('--profile', 's3-kms-iam');
    expect(await portal.issued(lease.id)).toHaveLength(2);
    await ask();
    expect(await portal.issued(lease.id)).toHaveLength(2);
  });

  it('gives what it got even where it cannot keep it', async () => {
    await anActiveLease(portal);
    const folder = join(mary.home, 'cache', 'credentials');
    const { session } = mary.context;
    mary.context.session = async () => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
      return session();
    };
    const ran = await ask();
    expect(ran.stderr).toMatch(
      /are not kept, and the next call gets new ones: Nothing can be written in \S+credentials \(EEXIST\)/,
    );
    expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
  });

  it('serves from what it has while the portal does not answer, and says so', async () => {
    await anActiveLease(portal);
    const first = await ask();
    portal.clock.advance({ minutes: 56 });
    const lost = new TestContext(
      { url: 'http://127.0.0.1:2/api/break-glass', clock: portal.clock },
      'mary',
      { identity: mary.context.identity },
      mary.home,
    );
    const { session } = lost.context;
    lost.context.session = async () => ({
      ...(await session()),
      ...(await mary.context.identity())!,
    });
    const second = await lost.run(['credential-process', 'payroll']);
    expect(keyOf(second)).toBe(keyOf(first));
    expect(second.stderr).toMatch(
      /does not answer .*end at 2026-10-01T13:00:00.000Z/,
    );
    portal.clock.advance({ minutes: 4 });
    const third = await lost.run(['credential-process', 'payroll']);
    expect(third).toMatchObject({
      stdout: '',
      exitCode: EXIT.unavailable,
    });
  });

  it('serves from what it has while the portal takes a call and never answers', async () => {
    await anActiveLease(portal);
    const first = await ask();
    portal.clock.advance({ minutes: 56 });
    const silent = createServer(() => {});
    await new Promise<void>(resolve => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as AddressInfo;
    const signals: Array<AbortSignal | undefined> = [];
    mary.context.session = async signal => {
      signals.push(signal);
      return {
        ...(await mary.context.identity())!,
        client: clientOf(`http://127.0.0.1:${port}`, 'token', signal),
      };
    };

    const second = await ask();
    silent.closeAllConnections();
    silent.close();

    expect(keyOf(second)).toBe(keyOf(first));
    expect(second.stderr).toMatch(/nothing came in time/);
    expect(signals).toEqual([expect.objectContaining({ aborted: true })]);
  });

  it('serves from what it has while another process holds the lock', async () => {
    await anActiveLease(portal);
    const first = await ask();
    portal.clock.advance({ minutes: 56 });
    const folder = join(mary.home, 'cache', 'credentials');
    const [file] = readdirSync(folder).filter(name => name.endsWith('.json'));

    const second = await withLock(join(folder, file), () => ask());

    expect(keyOf(second)).toBe(keyOf(first));
    expect(second.stderr).toMatch(/does not come to an end/);
  });

  it('serves nothing that is left of a lease which the portal says is over', async () => {
    const lease = await anActiveLease(portal);
    await ask();
    portal.clock.advance({ minutes: 56 });
    await portal.as('mary', 'endLease', { params: { id: lease.id }, body: {} });
    expect(await ask()).toMatchObject({ stdout: '', exitCode: EXIT.noLease });
  });

  it('pitfall 16: says the end of the lease where AWS would say 15 minutes', async () => {
    await anActiveLease(portal);
    portal.clock.advance({ minutes: 115 });
    expect(JSON.parse((await ask()).stdout).Expiration).toBe(
      '2026-10-01T14:00:00.000Z',
    );
  });

  it('shares one issue among callers at the same time', async () => {
    const lease = await anActiveLease(portal);
    const contexts = Array.from(
      { length: 20 },
      () => new TestContext(portal, 'mary', {}, mary.home),
    );
    const all = await Promise.all(
      contexts.map(each => each.run(['credential-process', 'payroll'])),
    );
    expect(new Set(all.map(keyOf)).size).toBe(1);
    expect(await portal.issued(lease.id)).toHaveLength(1);
  });

  it('never gives one person what another one got', async () => {
    await anActiveLease(portal);
    await ask();
    const daniel = new TestContext(portal, 'daniel', {}, mary.home);
    const ran = await daniel.run(['credential-process', 'payroll']);
    expect(ran).toMatchObject({
      stdout: '',
      exitCode: EXIT.noLease,
    });
  });

  it('does not go on where somebody else signs in meanwhile', async () => {
    await anActiveLease(portal);
    const { session } = new TestContext(portal, 'daniel').context;
    mary.context.session = session;
    const ran = await ask();
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/Somebody else signed in/);
  });

  it('pitfall 30: says what to run with the portal that was chosen', async () => {
    const chosen = ['--portal', 'https://other.example.com'];
    expect((await ask(...chosen)).stderr).toMatch(
      /Run: break-glass request payroll --portal https:\/\/other.example.com\n$/,
    );
    mary.context.identity = async () => undefined;
    expect((await ask(...chosen)).stderr).toMatch(
      /Run: break-glass login --portal https:\/\/other.example.com\n$/,
    );
  });

  it('asks to sign in where nobody is', async () => {
    mary.context.identity = async () => undefined;
    const ran = await ask();
    expect(ran).toMatchObject({
      stdout: '',
      stderr: 'break-glass: You are not signed in. Run: break-glass login\n',
      exitCode: EXIT.notSignedIn,
    });
  });

  it('warns of a clock of this machine that AWS will not take', async () => {
    await anActiveLease(portal);
    mary.context.now = () => portal.clock.now() + 6 * 60_000;
    const ran = await ask();
    expect(ran.stderr).toMatch(/6 minutes ahead of the portal's/);
  });

  describe('chooses the way', () => {
    it('by the profile or the id, where there are several leases', async () => {
      const first = await anActiveLease(portal);
      const second = await anActiveLease(portal, {
        profileId: 'read-everything',
      });
      const unclear = await ask();
      expect(unclear.stdout).toBe('');
      expect(unclear.stderr).toContain(first.id);
      expect(unclear.stderr).toContain(
        `${second.id} (Read everything but secrets)`,
      );
      expect(unclear.exitCode).toBe(EXIT.usage);

      await ask('--profile', 'read-everything');
      await ask('--lease', first.id.toLowerCase());
      await mary.run([
        'credential-process',
        '111122223333',
        '--lease',
        first.id,
      ]);
      expect(await portal.issued(first.id)).toHaveLength(2);
      expect(await portal.issued(second.id)).toHaveLength(1);
    });

    it('by a standing role, which needs no lease', async () => {
      const alice = new TestContext(portal, 'alice');
      const ran = await alice.run([
        'credential-process',
        'payroll',
        '--role',
        'read-only',
      ]);
      expect(ran.stderr).toBe('');
      const cached = await cachedFor(alice.context, {
        account: 'payroll',
        role: 'read-only',
      });
      expect(cached).toMatchObject({
        accountRef: 'resource:default/payroll',
        credentials: { accessKeyId: keyOf(ran) },
      });
      expect(cached!.leaseId).toBeUndefined();
    });

    it.each([
      [
        'payroll',
        [],
        /no active lease on .*Run: break-glass request payroll/,
        EXIT.noLease,
      ],
      [
        'nowhere',
        [],
        /"nowhere" is no account. See: break-glass accounts/,
        EXIT.usage,
      ],
      ['payroll', ['--role', 'king'], /no role king.*read-only/, EXIT.usage],
      ['resource:default/nowhere', [], /nowhere/, EXIT.refused],
      [
        'payroll',
        ['--lease', '01JZZZZZZZZZZZZZZZZZZZZZZZ'],
        /not active on/,
        EXIT.noLease,
      ],
    ])(
      'pitfall 30: %s %j fails in one line',
      async (account, options, words, exitCode) => {
        const ran = await mary.run(['credential-process', account, ...options]);
        expect(ran.stdout).toBe('');
        expect(ran.stderr).toMatch(words);
        expect(ran.stderr).toMatch(/^break-glass: [^\n]+\n$/);
        expect(ran.exitCode).toBe(exitCode);
        expect(secretsIn(ran.stderr)).toEqual([]);
      },
    );

    it('says whom a request waits for', async () => {
      const { id } = await aPendingLease(portal);
      const ran = await ask();
      expect(ran.stderr).toBe(
        `break-glass: Your lease ${id} on Payroll waits for 1 more approval. Run: break-glass status ${id}\n`,
      );
    });
  });

  it('keeps no credentials that have ended', async () => {
    await anActiveLease(portal);
    await ask();
    await mary.run(['credential-process', '111122223333']);
    portal.clock.advance({ minutes: 61 });
    await ask();
    expect(readdirSync(join(mary.home, 'cache', 'credentials'))).toHaveLength(
      1,
    );
  });
});
