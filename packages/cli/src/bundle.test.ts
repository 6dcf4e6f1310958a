import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../package.json';
import { agreeAs } from './testing/agreeAs';
import { Built } from './testing/Built';
import { SignInPortal, startSignInPortal } from './testing/startSignInPortal';

jest.setTimeout(180_000);

let built: Built;
let portal: SignInPortal;
const command = (...args: string[]) => built.run(args);

/** What bash is told while somebody types. */
async function complete(text: string): Promise<string> {
  const env = {
    SHELL: 'bash',
    COMP_LINE: text,
    COMP_POINT: String(text.length),
    COMP_CWORD: String(text.split(' ').length - 1),
  };
  const words = ['completion-server', '--', ...text.split(' ')];
  return (await built.run(words, { env })).stdout;
}

beforeAll(async () => {
  process.env.NODE_ENV = 'development';
  portal = await startSignInPortal();
  built = await Built.make();
});

afterAll(async () => {
  process.env.NODE_ENV = 'test';
  await portal.stop();
  built.remove();
});

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

  it('signs in, asks, ends and signs out', async () => {
    expect(await command('status')).toMatchObject({ exitCode: 3, stdout: '' });
    let agreed: Promise<string> | undefined;
    const login = await built.run(
      ['login', '--no-browser', '--portal', portal.address],
      {
        onStderr: text => {
          const [url] = /http\S+authorize\S+(?=\s)/.exec(text) ?? [];
          agreed ??= url ? agreeAs('mary', url) : undefined;
        },
      },
    );
    expect(login).toMatchObject({ exitCode: 0 });
    expect(await agreed).toContain('Go back to the terminal');

    const asked = await command(
      ...'request payroll --role break-glass --profile read-everything --ticket SUP-1 --duration 1h --yes --reason Look'.split(
        ' ',
      ),
    );
    expect(asked).toMatchObject({ exitCode: 0 });
    const id = asked.stdout.trim();
    expect((await command('status')).stdout).toContain(`\n${id}  Payroll`);
    expect((await command('accounts')).stdout).toMatch(/^ACCOUNT +ID/);
    expect((await command('end', id)).stdout).toContain('is cancelled.');

    const tokens = join(built.config, 'tokens.json');
    const kept = JSON.parse(readFileSync(tokens, 'utf8'));
    kept[portal.address].expiresAt = 0;
    writeFileSync(tokens, JSON.stringify(kept));
    // A refresh token works once, and these are processes of their own.
    const atOnce = await Promise.all(
      Array.from({ length: 4 }, () => command('status')),
    );
    expect(atOnce.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);

    expect((await command('logout')).exitCode).toBe(0);
    expect((await command('status')).exitCode).toBe(3);
  });

  it('signs in where nothing opens a browser', async () => {
    let agreed: Promise<string> | undefined;
    const login = await built.run(['login', '--portal', portal.address], {
      env: { PATH: built.home },
      onStderr: text => {
        if (text.includes('No browser could be opened.')) {
          const [url] = /http\S+authorize\S+(?=\s)/.exec(text) ?? [];
          agreed ??= agreeAs('mary', url!);
        }
      },
    });

    expect(login.stderr).not.toContain('    at ');
    expect(login).toMatchObject({ exitCode: 0 });
    expect(await agreed).toContain('Go back to the terminal');
  });

  it('holds nothing that is not needed to begin', () => {
    const read = (file: string) => readFileSync(join(built.dist, file), 'utf8');
    const first = read('break-glass.mjs');
    const parts = readdirSync(join(built.dist, 'parts'))
      .filter(file => file.endsWith('.mjs'))
      .map(file => read(join('parts', file)));

    // Words of the contract's checks, of the prompts and of what speaks to proxies.
    const words = ['invalid_union', 'ExitPromptError', 'UND_ERR_PRX_TLS'];
    for (const word of words) {
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
    ['break-glass extend --dur', '--duration\n'],
    ['break-glass console --pr', '--profile\n--print\n'],
    ['break-glass console --l', '--lease\n'],
    ['break-glass credential-process --j', '--json\n'],
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
      const file = join(built.home, 'break-glass.fish');
      writeFileSync(file, rules);
      const completed = (text: string) => {
        const { stdout, stderr } = spawnSync(
          'fish',
          ['--no-config', '-c', 'source "$RULES"; complete -C "$WHAT"'],
          {
            env: { ...process.env, HOME: built.home, RULES: file, WHAT: text },
          },
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
