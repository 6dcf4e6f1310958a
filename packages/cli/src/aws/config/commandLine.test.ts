import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { commandLine } from './commandLine';

const ARGS = ['credential-process', 'resource:default/payroll', '--role', 'x'];

describe('commandLine', () => {
  it.each([
    ['linux', ['break-glass'], 'break-glass'],
    [
      'darwin',
      ['/Users/Mary Ann/bin/break-glass'],
      '"/Users/Mary Ann/bin/break-glass"',
    ],
    [
      'linux',
      ['/opt/a b/node', '/opt/ü/break-glass.mjs'],
      '"/opt/a b/node" "/opt/ü/break-glass.mjs"',
    ],
    ['win32', ['C:\\tools\\break-glass.cmd'], 'C:\\tools\\break-glass.cmd'],
    [
      'win32',
      ['C:\\Program Files (x86)\\bg\\break-glass.cmd'],
      '"C:\\Program Files (x86)\\bg\\break-glass.cmd"',
    ],
  ] as const)('on %s, %j is %s', (platform, command, words) => {
    expect(commandLine([...command, ...ARGS], platform)).toBe(
      `${words} ${ARGS.join(' ')}`,
    );
  });

  it.each([
    ['linux', '/opt/$(id)/bg'],
    ['linux', '/opt/`id`/bg'],
    ['linux', '/opt/"/bg'],
    ['linux', "/opt/'/bg"],
    ['linux', '/opt/a\\b/bg'],
    ['linux', '/opt/a #b/bg'],
    ['linux', '/opt/a\nregion = x'],
    ['linux', '/opt/a\u202eb'],
    ['linux', ''],
    ['win32', 'C:\\%PATH%\\bg.cmd'],
    ['win32', 'C:\\a & b\\bg.cmd'],
    ['win32', 'C:\\a ^ b\\bg.cmd'],
  ] as const)('pitfall 32: on %s, %j is refused', (platform, path) => {
    expect(() => commandLine([path, ...ARGS], platform)).toThrow(
      /not every AWS tool reads alike/,
    );
  });

  it('refuses a second quoted word on Windows, where cmd would take quotes away', () => {
    expect(() =>
      commandLine(['C:\\a b\\node.exe', 'C:\\c d\\bg.mjs'], 'win32'),
    ).toThrow(/only one part/);
  });

  it('pitfall 32: sh and Python split every line into the words that it was made of', () => {
    const aPath = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .map(text => `/${text}`);
    const words = fc
      .tuple(aPath, aPath)
      .map(paths => [...paths, ...ARGS])
      .filter(isTaken);
    const made = fc.sample(words, 200);
    const lines = made.map(each => commandLine(each, 'linux'));
    const script = lines
      .map(line => `printf '%s\\0' ${line}; printf '\\0'`)
      .join('\n');
    const split = (text: string) =>
      text
        .split('\0\0')
        .slice(0, -1)
        .map(each => each.split('\0'));
    expect(
      split(execFileSync('sh', ['-c', script], { encoding: 'utf8' })),
    ).toEqual(made);

    // What the AWS CLI does with it.
    const python = `import shlex, sys
for line in sys.stdin.buffer.read().decode().split('\\n'):
    for word in shlex.split(line): sys.stdout.buffer.write(word.encode() + b'\\0')
    sys.stdout.buffer.write(b'\\0')`;
    const answer = execFileSync('python3', ['-c', python], {
      encoding: 'utf8',
      input: lines.join('\n'),
    });
    expect(split(answer)).toEqual(made);
  });
});

function isTaken(words: string[]): boolean {
  try {
    commandLine(words, 'linux');
    return true;
  } catch {
    return false;
  }
}
