import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { debugLines, originOf } from './debugLines';

const HOSTILE = 'secret $&\n    at secret (/secret:1:2)';

describe('where an error came from', () => {
  it('is told without its message, also where that looks like a place', () => {
    const origin = originOf(new TypeError(HOSTILE));

    expect(origin).toMatch(/^TypeError\n {4}at .*debugLines\.test\.ts/);
    expect(origin).not.toContain('secret');
  });

  it('is told of what is no error, too', () => {
    expect(originOf('secret')).toBe('string');
    expect(originOf(undefined)).toBe('undefined');
  });

  it('is shown to nobody who does not ask, and stands for the error that it was', () => {
    const origin = originOf(new SyntaxError(HOSTILE));
    const error = new CliError('No.', EXIT.failed, undefined, origin);

    expect(debugLines({ env: {} }, error)).toBe('');
    expect(debugLines({ env: { BREAK_GLASS_DEBUG: '0' } }, error)).toBe('');
    const shown = debugLines({ env: { BREAK_GLASS_DEBUG: '1' } }, error);
    expect(shown).toBe(`${origin}\n`);
  });
});
