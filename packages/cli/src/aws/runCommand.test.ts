import { mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './runCommand';

/** Says that it is there, and ends by the signal that it gets. */
const CHILD = `
  process.on('SIGINT', () => process.exit(5));
  process.on('SIGTERM', () => process.exit(0));
  require('fs').writeFileSync(process.argv[1], '');
  setInterval(() => {}, 1000);`;

describe('runCommand', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'break-glass-run-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['leaves an interrupt to the terminal, which sends it to both', true, 0],
    ['passes an interrupt on where there is no terminal', false, 5],
  ])('%s', async (_, inTerminal, ended) => {
    const there = new Promise<void>(resolve => {
      const watcher = watch(folder, () => {
        watcher.close();
        resolve();
      });
    });
    const code = runCommand(
      [process.execPath, '-e', CHILD, join(folder, 'up')],
      process.env,
      inTerminal,
    );
    await there;
    process.emit('SIGINT', 'SIGINT');
    if (inTerminal) {
      process.emit('SIGTERM', 'SIGTERM');
    }
    expect(await code).toBe(ended);
  });
});
