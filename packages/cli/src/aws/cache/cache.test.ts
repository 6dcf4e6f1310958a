import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../exitCodes';
import { anActiveLease, AwsPortal, startAwsPortal } from '../testing/AwsPortal';
import { TestContext } from '../testing/TestContext';
import { cachedFor } from '../cachedFor';
import { cacheFile } from './cacheFile';
import { forgetCached } from './forgetCached';

jest.setTimeout(120_000);

describe('the cache of credentials', () => {
  let portal: AwsPortal;
  let mary: TestContext;
  let leaseId: string;
  let file: string;
  beforeEach(async () => {
    portal = await startAwsPortal();
    mary = new TestContext(portal);
    leaseId = (await anActiveLease(portal)).id;
    file = cacheFile(
      mary.context.folders.cache,
      (await mary.context.identity())!,
      { account: 'payroll' },
    );
  });
  afterEach(() => portal.stop());

  const ask = (who = mary) => who.run(['credential-process', 'payroll']);
  const issues = async () => (await portal.issued(leaseId)).length;

  it('is readable by the person alone', async () => {
    await ask();
    expect(statSync(file).mode.toString(8)).toBe('100600');
    expect(statSync(dirname(file)).mode.toString(8)).toBe('40700');
    expect(readdirSync(dirname(file))).toHaveLength(1);
  });

  it.each([
    ['a file that others can read', () => chmodSync(file, 0o644)],
    ['a file that others can write', () => chmodSync(file, 0o620)],
    [
      'a link to a file',
      () => {
        renameSync(file, `${file}.real`);
        symlinkSync(`${file}.real`, file);
      },
    ],
  ])('uses nothing of %s', async (_, spoil) => {
    await ask();
    spoil();
    const ran = await ask();
    expect(ran).toMatchObject({ stdout: '', exitCode: EXIT.failed });
    expect(ran.stderr).toMatch(/nothing in it is used|is a link/);
    expect(await issues()).toBe(1);
  });

  it('uses nothing of a file that is not the person’s', async () => {
    await ask();
    if (process.geteuid!() !== 0) {
      process.stderr.write('Skipped: only root can give a file away.\n');
      return;
    }
    chownSync(file, 65_534, 65_534);
    const ran = await ask();
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/belongs to somebody else/);
  });

  it.each([
    ['cut off', () => truncateSync(file, 200)],
    ['empty', () => truncateSync(file, 0)],
    ['not ours', () => writeFileSync(file, '[]', { mode: 0o600 })],
    [
      'of another version',
      () =>
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace('"version":1', '"version":2'),
        ),
    ],
    [
      'changed into something that no key looks like',
      () =>
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace('"ASIA', '"$(id)'),
        ),
    ],
  ])('is none where it is %s', async (_, spoil) => {
    await ask();
    spoil();
    const ran = await ask();
    expect(ran).toEqual({
      stdout: expect.stringContaining('ASIA'),
      stderr: '',
      exitCode: 0,
    });
    expect(await issues()).toBe(2);
  });

  it('is not used for another person, wherever the file lies', async () => {
    await ask();
    const daniel = new TestContext(portal, 'daniel', {}, mary.home);
    copyFileSync(
      file,
      cacheFile(
        daniel.context.folders.cache,
        (await daniel.context.identity())!,
        { account: 'payroll' },
      ),
    );
    expect(await ask(daniel)).toMatchObject({
      stdout: '',
      exitCode: EXIT.noLease,
    });
  });

  it('closes a folder that others can enter', async () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    await ask();
    expect(statSync(dirname(file)).mode.toString(8)).toBe('40700');
  });

  it('does not give what was asked for in other words, wherever the file lies', async () => {
    await ask();
    const wanted = { account: 'payments' };
    const other = cacheFile(
      mary.context.folders.cache,
      (await mary.context.identity())!,
      wanted,
    );
    copyFileSync(file, other);
    expect(await cachedFor(mary.context, wanted)).toBeUndefined();
  });

  it('is not blocked by the lock of a process that died', async () => {
    mkdirSync(`${file}.lock`, { recursive: true, mode: 0o700 });
    const before = new Date(Date.now() - 60_000);
    utimesSync(`${file}.lock`, before, before);
    expect((await ask()).stderr).toBe('');
    expect(await issues()).toBe(1);
  });

  it('gives new credentials under a new lease once the ended one is forgotten', async () => {
    await ask();
    await portal.as('mary', 'endLease', { params: { id: leaseId }, body: {} });
    expect(await forgetCached(mary.context, { leaseId })).toBe(1);
    expect(await ask()).toMatchObject({ exitCode: EXIT.noLease });
    const next = await anActiveLease(portal);
    expect((await ask()).stderr).toBe('');
    expect(await portal.issued(next.id)).toHaveLength(1);
  });

  it('forgets one lease, one account or all of one person, and leaves the others', async () => {
    await anActiveLease(portal, { reason: 'More' }, 'daniel', 'mary');
    const daniel = new TestContext(portal, 'daniel', {}, mary.home);
    const fill = async () => {
      await ask();
      await mary.run(['credential-process', '111122223333']);
      await ask(daniel);
    };
    await fill();
    const another = { leaseId: '01JZZZZZZZZZZZZZZZZZZZZZZZ' };
    expect(await forgetCached(mary.context, another)).toBe(0);
    expect(await forgetCached(mary.context, { leaseId })).toBe(2);
    await fill();
    const elsewhere = { accountRef: 'resource:default/payments' };
    expect(await forgetCached(mary.context, elsewhere)).toBe(0);
    const here = { accountRef: 'resource:default/payroll' };
    expect(await forgetCached(mary.context, here)).toBe(2);
    await fill();
    expect(await forgetCached(mary.context)).toBe(2);
    expect(readdirSync(dirname(file))).toHaveLength(1);
    expect(await forgetCached(mary.context)).toBe(0);
  });

  it('drops what a process that died had begun to write', async () => {
    await ask();
    const names = () => readdirSync(dirname(file)).length;
    const leave = () => {
      copyFileSync(file, `${file}.1234567`);
      writeFileSync(`${file}.7654321`, readFileSync(file).subarray(0, 300));
    };
    leave();
    expect(names()).toBe(3);
    expect(await forgetCached(mary.context, { leaseId })).toBe(3);
    expect(names()).toBe(0);

    await ask();
    copyFileSync(file, `${file}.1234567`);
    portal.clock.advance({ minutes: 61 });
    await ask();
    expect(names()).toBe(1);
  });

  it('forgets nothing where nothing was kept', async () => {
    expect(await forgetCached(mary.context)).toBe(0);
    expect(readdirSync(mary.home)).not.toContain(join('cache'));
  });
});
