import fs from 'node:fs/promises';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../exitCodes';
import { withLock } from './withLock';

describe('a lock that the system lets nobody make', () => {
  let folder: string;
  let file: string;
  let waits: jest.SpyInstance;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(folder, 'file');
    // Not a folder, and old: it is to be removed as one, which fails.
    writeFileSync(`${file}.lock`, '');
    const before = new Date(Date.now() - 60_000);
    utimesSync(`${file}.lock`, before, before);
    waits = jest.spyOn(globalThis, 'setTimeout');
  });
  afterEach(() => {
    waits.mockRestore();
    rmSync(folder, { recursive: true });
  });

  it('is done without where it is dispensable, and not waited for', async () => {
    const done = await withLock(file, async () => 'done', {
      dispensable: true,
    });

    expect(done).toBe('done');
    expect(waits).not.toHaveBeenCalled();
  });

  it('stops everything else, with the name of the folder, and is not waited for', async () => {
    const work = jest.fn();

    await expect(withLock(file, work)).rejects.toMatchObject({
      exitCode: EXIT.failed,
      message: `Nothing can be written in ${folder} (ENOTDIR). Make room there, or mend it.`,
    });
    expect(work).not.toHaveBeenCalled();
    expect(waits).not.toHaveBeenCalled();
  });
});

describe('where the system makes no folder for a lock, work that can do without one', () => {
  const work = (code: string) => {
    const error = Object.assign(new Error(code), { code, syscall: 'mkdir' });
    const mkdir = jest.spyOn(fs, 'mkdir').mockRejectedValue(error);
    return withLock(join(tmpdir(), 'file'), async () => 'done', {
      dispensable: true,
    }).finally(() => mkdir.mockRestore());
  };

  it.each([
    ...['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENOSPC'],
    ...['ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'ESTALE', 'ENOTEMPTY'],
  ])('is done with %s, as a second time does no harm', async code => {
    expect(await work(code)).toBe('done');
  });

  it.each(['EMFILE', 'ENFILE', 'EIO', 'ENOMEM'])(
    'is not done with %s, as others may have one',
    async code => {
      await expect(work(code)).rejects.toMatchObject({
        exitCode: EXIT.failed,
        systemCode: code,
      });
    },
  );
});
