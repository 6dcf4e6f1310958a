import { mkdirSync, writeFileSync } from 'node:fs';
import { EXIT } from '../exitCodes';
import { Terminal } from '../testing/Terminal';
import { SignIns } from './SignIns';

describe('the list of sign-ins', () => {
  let terminal: Terminal;
  beforeEach(() => {
    terminal = new Terminal();
  });
  afterEach(() => terminal.remove());

  it.each([
    ['ENOTDIR', () => writeFileSync(terminal.folders.config, '')],
    [
      'EISDIR',
      () =>
        mkdirSync(new SignIns(terminal.context()).path, { recursive: true }),
    ],
  ])('that cannot be read (%s) names its folder', async (code, spoil) => {
    spoil();

    const ran = await terminal.run(['status']);

    expect(ran).toEqual({
      exitCode: EXIT.failed,
      stdout: '',
      stderr: `break-glass: Nothing can be read in ${terminal.folders.config} (${code}), where your sign-ins are. Make it a folder that is yours, or mend it.\n`,
    });
  });
});
