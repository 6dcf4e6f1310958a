import { execFile, spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../package.json';

jest.setTimeout(60_000);

const root = join(__dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'break-glass-bundle-'));

function node(...args: string[]) {
  return nodeWith({}, ...args);
}

function nodeWith(
  env: Record<string, string>,
  ...args: string[]
): Promise<{
  exitCode: number;
  stdout: string;
  stderr: string;
}> {
  const { PATH = '' } = process.env;
  return new Promise(resolve => {
    execFile(
      process.execPath,
      args,
      {
        cwd: home,
        env: { PATH, HOME: home, BREAK_GLASS_KEYRING: 'off', ...env },
      },
      (error, stdout, stderr) =>
        resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

const command = (...args: string[]) =>
  node(join(root, 'bin', 'break-glass'), ...args);

/** What bash is told while somebody types. */
async function complete(text: string): Promise<string> {
  const env = {
    SHELL: 'bash',
    COMP_LINE: text,
    COMP_POINT: String(text.length),
    COMP_CWORD: String(text.split(' ').length - 1),
  };
  const bin = join(root, 'bin', 'break-glass');
  return (
    await nodeWith(env, bin, 'completion-server', '--', ...text.split(' '))
  ).stdout;
}

beforeAll(async () => {
  const built = await node(join(root, 'scripts', 'build.mjs'));
  if (built.exitCode !== 0 || built.stderr) {
    throw new Error(`The build failed: ${built.stderr}`);
  }
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the built command', () => {
  it('runs', async () => {
    expect(await command('--version')).toEqual({
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('explains itself', async () => {
    const { stdout, exitCode } = await command('request', '--help');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: break-glass request [options] [account]');
    expect(stdout).toContain('--json');
  });

  it('loads what commands load late', async () => {
    expect(await command('status')).toMatchObject({ exitCode: 3, stdout: '' });
    expect(
      await command('login', '--portal', 'http://127.0.0.1:9'),
    ).toMatchObject({ exitCode: 6 });
  });

  it('holds nothing that is not needed to begin', () => {
    const read = (file: string) =>
      readFileSync(join(root, 'dist', file), 'utf8');
    const first = read('break-glass.mjs');
    const parts = readdirSync(join(root, 'dist', 'parts'))
      .filter(file => file.endsWith('.mjs'))
      .map(file => read(join('parts', file)));

    // Words of the contract's checks and of the prompts.
    for (const word of ['invalid_union', 'ExitPromptError']) {
      expect(first).not.toContain(word);
      expect(parts.some(text => text.includes(word))).toBe(true);
    }
    expect(Buffer.byteLength(first)).toBeLessThan(100_000);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh'])('in %s asks the command', async shell => {
    const { stdout } = await command('completion', shell);

    expect(stdout).toContain('break-glass completion-server -- "${words[@]}"');
  });

  it.each([
    ['break-glass st', 'status\n'],
    ['break-glass status --app', '--approvals\n'],
    ['break-glass completion-s', ''],
  ])('of "%s" is %p', async (line, completed) => {
    expect(await complete(line)).toBe(completed);
  });
});

const withFish = spawnSync('fish', ['--version']).status === 0;

(withFish ? describe : describe.skip)(
  `completion in fish${withFish ? '' : ' (skipped: fish is not installed)'}`,
  () => {
    it('follows from rules that evaluate nothing', async () => {
      const { stdout: rules } = await command('completion', 'fish');
      const file = join(home, 'break-glass.fish');
      writeFileSync(file, rules);
      const completed = (text: string) => {
        const { stdout, stderr } = spawnSync(
          'fish',
          ['--no-config', '-c', 'source "$RULES"; complete -C "$WHAT"'],
          { env: { ...process.env, HOME: home, RULES: file, WHAT: text } },
        );
        return `${stdout}${stderr}`;
      };

      expect(rules).not.toContain('eval');
      expect(completed('break-glass sta')).toMatch(/^status\tshow your leases/);
      expect(completed('break-glass status --app')).toMatch(/^--approvals\t/);
      expect(completed('break-glass login x')).toBe('');
    });
  },
);
