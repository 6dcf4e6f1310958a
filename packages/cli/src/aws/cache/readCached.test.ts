import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '../../exitCodes';
import { readCached } from './readCached';

const isRoot = process.geteuid?.() === 0;
if (!isRoot) {
  process.stderr.write(
    'Skipped: only root can be somebody else for a while.\n',
  );
}

(isRoot ? describe : describe.skip)('a file that cannot be opened', () => {
  const SOMEBODY = 65_534;
  let file: string;
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'break-glass-cache-'));
    chmodSync(folder, 0o711);
    file = join(folder, 'file.json');
    writeFileSync(file, '{}', { mode: 0o600 });
  });
  afterEach(() => rmSync(join(file, '..'), { recursive: true }));

  /** What comes of reading it without the rights of root, which opens everything. */
  async function readAs(uid: number) {
    process.seteuid!(uid);
    try {
      expect(() => readFileSync(file)).toThrow('EACCES');
      return await readCached(file);
    } finally {
      process.seteuid!(0);
    }
  }

  it('is refused where it is somebody else’s, and not taken for none', async () => {
    chownSync(file, SOMEBODY - 1, SOMEBODY);

    await expect(readAs(SOMEBODY)).rejects.toMatchObject({
      exitCode: EXIT.failed,
      message: `${file} belongs to somebody else. Nothing in it is trusted; remove it.`,
    });
  });

  it('is none where it is the person’s own', async () => {
    const own = process.getuid!();
    expect(own).toBe(0);

    expect(await readAs(SOMEBODY)).toBeUndefined();
  });
});
