import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../exitCodes';
import { anActiveLease, AwsPortal, startAwsPortal } from '../testing/AwsPortal';
import { Bundle, Ended, ended } from '../testing/Bundle';
import { TestContext } from '../testing/TestContext';
import { cacheFile, cacheFolder } from './cacheFile';

jest.setTimeout(120_000);

const NOT_KEPT =
  /^break-glass: These credentials are not kept, and the next call gets new ones: Nothing can be written in (\S+) \(E[A-Z]+\)\. Make room there, or mend it\.\n$/;

describe('a cache folder that cannot be made', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  let leaseId: string;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
    leaseId = (await anActiveLease(portal)).id;
  });
  afterEach(() => portal.stop());

  const issues = async () => (await portal.issued(leaseId)).length;
  const cacheIn = (...names: string[]) => {
    const cache = join(mary.home, ...names);
    mary.context.folders = { ...mary.context.folders, cache };
    return cache;
  };

  describe.each<[string, () => string]>([
    [
      'as a file is above it',
      () => {
        writeFileSync(join(mary.home, 'file'), '');
        return cacheIn('file', 'cache');
      },
    ],
    [
      'as a file is in its place',
      () => {
        const cache = cacheIn('cache');
        mkdirSync(cache);
        writeFileSync(cacheFolder(cache), '');
        return cache;
      },
    ],
    ['as its name is too long', () => cacheIn('x'.repeat(300))],
  ])('%s', (_, spoil) => {
    it.each([
      ['credential-process', 'payroll'],
      ['credentials', 'payroll', '--format', 'json'],
      ['credentials', 'payroll', '--format', 'json', '--renew'],
    ])(
      '%s gives credentials, one issue each, and one note',
      async (...words) => {
        const folder = cacheFolder(spoil());
        for (const count of [1, 2]) {
          const ran = await mary.run(words);
          expect(ran.exitCode).toBe(0);
          expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
          expect(NOT_KEPT.exec(ran.stderr)?.[1]).toBe(folder);
          expect(await issues()).toBe(count);
        }
      },
    );

    it('ends a lease as ever, and writes no profiles without a lock', async () => {
      const folder = cacheFolder(spoil());
      const ended_ = await mary.run(['end', 'payroll', '--yes']);
      expect(ended_).toMatchObject({ exitCode: 0, stderr: '' });
      const config = join(mary.home, '.aws', 'config');
      const written = await mary.run(['configure', 'payroll']);
      expect(written).toMatchObject({ exitCode: EXIT.failed, stdout: '' });
      expect(written.stderr).toContain(
        `Nothing can be written in ${folder} (E`,
      );
      expect(written.stderr).toContain(`Until then ${config} stays as it is`);
      expect(existsSync(config)).toBe(false);
      const shown = await mary.run(['configure', 'payroll', '--dry-run']);
      expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    });

    it('is no reason to issue a second time where the first one fails', async () => {
      spoil();
      const mend = portal.sandbox.faults.inject({
        service: 'sts',
        action: 'AssumeRole',
        effect: 'error',
      });
      const ran = await mary.run(['credential-process', 'payroll']);
      mend();
      expect(ran.exitCode).toBe(EXIT.unavailable);
      const { sessions } = await portal.as('mary', 'getLease', {
        params: { id: leaseId },
      });
      expect(sessions).toHaveLength(1);
    });
  });

  it('does without a lock that nobody can make, and keeps what it got', async () => {
    const file = cacheFile(
      mary.context.folders.cache,
      (await mary.context.identity())!,
      { account: 'payroll' },
    );
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.lock`, '');
    const before = new Date(Date.now() - 60_000);
    utimesSync(`${file}.lock`, before, before);

    const ran = await mary.run(['credential-process', 'payroll']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(file)).toBe(true);
  });
});

/** Runs a command where a file system that only it sees is mounted at a folder. */
const mounted = (
  mount: string,
  folder: string,
  command: string[],
  env: NodeJS.ProcessEnv,
): Promise<Ended> =>
  ended(
    spawn(
      'unshare',
      [
        '-rm',
        'sh',
        '-c',
        `${mount} && shift && exec "$@"`,
        'sh',
        folder,
        ...command,
      ],
      { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    ),
  );

const mayMount =
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'])
    .status === 0;

(mayMount ? describe : describe.skip)(
  `a cache folder on a file system of its own${
    mayMount ? '' : ' (skipped: nothing may be mounted here)'
  }`,
  () => {
    let portal: AwsPortal;
    let bundle: Bundle;
    let mary: TestContext;
    let leaseId: string;
    beforeAll(async () => {
      portal = await startAwsPortal({ at: Date.now() });
      bundle = new Bundle(portal);
      leaseId = (await anActiveLease(portal)).id;
    });
    afterAll(async () => {
      bundle.remove();
      await portal.stop();
    });
    beforeEach(() => {
      mary = new TestContext(portal);
    });

    const run = (mount: string, folder: string) => {
      const words = ['credential-process', 'payroll'];
      const command = [process.execPath, bundle.file, ...words];
      const env = { ...process.env, ...bundle.environment(mary.home) };
      return mounted(mount, folder, command, env);
    };

    it.each([
      ['read-only', 'mount -t tmpfs -o ro,mode=700 tmpfs "$1"'],
      ['full', 'mount -t tmpfs -o nr_inodes=1,mode=700 tmpfs "$1"'],
    ])(
      'that is %s: gives credentials, and says that they are not kept',
      async (_, mount) => {
        const cache = join(mary.home, 'cache');
        mkdirSync(cache, { mode: 0o700 });
        const before = (await portal.issued(leaseId)).length;

        const ran = await run(mount, cache);

        expect(ran.code).toBe(0);
        expect(JSON.parse(ran.stdout)).toMatchObject({ Version: 1 });
        expect(NOT_KEPT.exec(ran.stderr)?.[1]).toBe(cacheFolder(cache));
        expect(await portal.issued(leaseId)).toHaveLength(before + 1);
      },
    );

    it('that is full inside: no lock, no file, one issue', async () => {
      const folder = cacheFolder(join(mary.home, 'cache'));
      mkdirSync(folder, { recursive: true, mode: 0o700 });

      const ran = await run(
        'mount -t tmpfs -o nr_inodes=1,mode=700 tmpfs "$1"',
        folder,
      );

      expect(ran.code).toBe(0);
      expect(NOT_KEPT.exec(ran.stderr)?.[1]).toBe(folder);
    });

    it('that became read-only: serves what is kept', async () => {
      const env = bundle.environment(mary.home);
      const words = ['credential-process', 'payroll'];
      const first = await bundle.run(words, env);
      const cache = join(mary.home, 'cache');

      const second = await run(
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"',
        cache,
      );

      expect(second).toEqual({ code: 0, stderr: '', stdout: first.stdout });
    });
  },
);
