import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemKeyring } from './keyring';

describe('the process that asks the keyring', () => {
  const folder = mkdtempSync(join(tmpdir(), 'break-glass-keyring-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('loads nothing that NODE_OPTIONS would have written into its answer', async () => {
    const preload = join(folder, 'preload.cjs');
    const loaded = join(folder, 'loaded');
    writeFileSync(
      preload,
      `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, '');
      process.stdout.write('hello');`,
    );
    const NODE_OPTIONS = `--require ${preload}`;
    const keyring = (await systemKeyring({ ...process.env, NODE_OPTIONS }))!;

    // Whether there is a keyring here or not.
    await keyring.get('https://portal.example.com').catch(() => {});

    expect(existsSync(loaded)).toBe(false);
  });

  const hasShell = process.platform !== 'win32';
  if (!hasShell) {
    process.stderr.write('Skipped: a program of the shell stands in here.\n');
  }
  (hasShell ? it : it.skip)(
    'I10: fails without a word of an answer that is none',
    async () => {
      const node = join(folder, 'node');
      writeFileSync(node, '#!/bin/sh\necho hello\ncat\n', { mode: 0o755 });
      const replaced = jest.replaceProperty(process, 'execPath', node);
      const keyring = (await systemKeyring(process.env))!;

      const kept = keyring.set('https://portal.example.com', 's3cret');
      const error = await kept.catch(thrown => thrown);
      replaced.restore();

      // eslint-disable-next-line jest/no-standalone-expect
      expect(`${error.stack}`).toMatch(
        /^KeyringRefuses: The system’s keyring does not take this\.\n/,
      );
      // eslint-disable-next-line jest/no-standalone-expect
      expect(`${error.stack}${error.cause}`).not.toContain('s3cret');
    },
  );
});
