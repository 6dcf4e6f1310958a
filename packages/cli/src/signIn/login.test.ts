import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreeAs, redirectFor } from '../testing/agreeAs';
import { SignInPortal, startSignInPortal } from '../testing/startSignInPortal';
import { Terminal, TerminalOptions } from '../testing/Terminal';
import { login } from './login';

jest.setTimeout(120_000);

let portal: SignInPortal;
const terminals: Terminal[] = [];

function aTerminal(options: TerminalOptions = {}): Terminal {
  const terminal = new Terminal({
    now: () => portal.clock.now(),
    openBrowser: url => agreeAs('mary', url),
    ...options,
  });
  terminals.push(terminal);
  return terminal;
}

async function signedIn(): Promise<Terminal> {
  const terminal = aTerminal();
  await terminal.run(['login', '--portal', portal.address]);
  return terminal;
}

const tokensOf = (terminal: Terminal) =>
  join(terminal.folders.config, 'tokens.json');

function changeTokens(
  terminal: Terminal,
  change: (tokens: Record<string, unknown>) => void,
): void {
  const path = tokensOf(terminal);
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  change(kept[portal.address]);
  writeFileSync(path, JSON.stringify(kept));
}

beforeAll(async () => {
  process.env.NODE_ENV = 'development';
  portal = await startSignInPortal();
});

afterAll(async () => {
  process.env.NODE_ENV = 'test';
  await portal.stop();
  terminals.forEach(terminal => terminal.remove());
});

describe('login', () => {
  it('remembers who is signed in, and where, without a token', async () => {
    const terminal = await signedIn();

    expect(await terminal.context().identity()).toEqual({
      backendUrl: portal.address,
      userRef: 'user:default/mary',
    });
    const kept = readFileSync(
      join(terminal.folders.config, 'sign-ins.json'),
      'utf8',
    );
    expect(kept).not.toMatch(/eyJ/);
    expect(Object.keys(JSON.parse(kept).portals[portal.address])).toEqual([
      'userRef',
      'tokens',
      'signedInAt',
    ]);
  });

  it('warns in one line where no keyring keeps the tokens', async () => {
    const terminal = aTerminal();

    const { stderr } = await terminal.run([
      'login',
      '--portal',
      portal.address,
    ]);

    expect(stderr.match(/^Warning: .*$/gm)).toEqual([
      `Warning: no keyring works here, so the sign-in is in ${tokensOf(
        terminal,
      )}. Whoever can read your files can use it.`,
    ]);
  });

  it('signs nobody in who says no in the browser', async () => {
    const terminal = aTerminal({
      openBrowser: url => agreeAs('mary', url, 'reject'),
    });

    const refused = await terminal.run(['login', '--portal', portal.address]);

    expect(refused.exitCode).toBe(5);
    expect(refused.stderr).toContain('User denied the request');
    expect(await terminal.context().identity()).toBeUndefined();
  });

  it('stops waiting, and frees the port', async () => {
    const terminal = aTerminal({ openBrowser: async () => {} });
    const context = terminal.context();
    context.env.BREAK_GLASS_PORTAL = portal.address;

    const waiting = login(context, {
      noBrowser: false,
      json: false,
      signal: AbortSignal.abort(),
    });

    await expect(waiting).rejects.toThrow('Nobody agreed in time.');
    expect((await signedIn()).written).toContain('Signed in');
  });

  it('takes the address that a browser on another machine ended up at', async () => {
    let opened = 0;
    const terminal = aTerminal({
      openBrowser: async () => {
        opened += 1;
      },
    });
    const outcome = await terminal.run(
      ['login', '--no-browser', '--portal', portal.address],
      [
        ['Paste that whole line here.', 'nonsense\n'],
        [
          'Try again.',
          async shown =>
            `${await redirectFor(
              'mary',
              /http\S+authorize\S+/.exec(shown)![0],
            )}\n`,
        ],
      ],
    );

    expect(opened).toBe(0);
    expect(outcome).toMatchObject({ exitCode: 0 });
  });

  it('says what to switch on where the portal signs no command line in', async () => {
    const closed = await startSignInPortal(auth => {
      auth.clientIdMetadataDocuments.enabled = false;
    });
    try {
      const refused = await aTerminal().run([
        'login',
        '--portal',
        closed.address,
      ]);

      expect(refused.exitCode).toBe(5);
      expect(refused.stderr).toContain(
        'auth.clientIdMetadataDocuments.enabled',
      );
    } finally {
      await closed.stop();
    }
  });

  it('refuses a portal that calls itself by another address', async () => {
    const other = portal.address.replace('localhost', '127.0.0.1');

    const refused = await aTerminal().run(['login', '--portal', other]);

    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`login --portal ${portal.address}`);
  });

  it('says with the address that nothing answers', async () => {
    const refused = await aTerminal().run([
      'login',
      '--json',
      '--portal',
      'http://127.0.0.1:9',
    ]);

    expect(refused).toMatchObject({ exitCode: 6, stdout: '' });
    expect(JSON.parse(refused.stderr).error.message).toContain(
      'http://127.0.0.1:9',
    );
  });

  it('knows several portals, and takes the one that is named', async () => {
    const terminal = await signedIn();

    const other = await terminal.run(
      'status --portal https://other.example.com'.split(' '),
    );

    expect(other.exitCode).toBe(3);
    expect(other.stderr).toContain(
      'not signed in at https://other.example.com',
    );
    expect((await terminal.run(['status'])).exitCode).toBe(0);
  });
});

describe('a sign-in', () => {
  it('is renewed once for all that run at once', async () => {
    const terminal = await signedIn();
    const before = readFileSync(tokensOf(terminal), 'utf8');
    portal.clock.advance({ hours: 2 });

    const fetched = jest.spyOn(globalThis, 'fetch');
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => terminal.run(['status'])),
    );
    const renewals = fetched.mock.calls.filter(([url]) =>
      String(url).endsWith('/v1/token'),
    );
    fetched.mockRestore();

    // A refresh token works once: a second renewal with the same one would fail.
    expect(renewals).toHaveLength(1);

    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect(readFileSync(tokensOf(terminal), 'utf8')).not.toBe(before);
  });

  it('is renewed where the portal refuses a token that looks good here', async () => {
    const terminal = await signedIn();
    changeTokens(terminal, tokens => {
      tokens.accessToken = `${tokens.accessToken}x`;
    });

    expect((await terminal.run(['status'])).exitCode).toBe(0);
  });

  it('is over when the portal takes its refresh token no more', async () => {
    const terminal = await signedIn();
    changeTokens(terminal, tokens => {
      tokens.refreshToken = `${tokens.refreshToken}x`;
    });
    portal.clock.advance({ hours: 2 });

    const over = await terminal.run(['status']);

    expect(over.exitCode).toBe(3);
    expect(over.stderr).toMatch(
      /^break-glass: .* Run: break-glass login --portal http:\S+\n$/,
    );
  });

  it('is over after an hour where the portal renews none', async () => {
    const short = await startSignInPortal(auth => {
      auth.experimentalRefreshToken.enabled = false;
    });
    try {
      const terminal = aTerminal({ now: () => short.clock.now() });
      const first = await terminal.run(['login', '--portal', short.address]);
      expect(first.stderr).toContain('no sign-in that can be renewed');
      expect((await terminal.run(['status'])).exitCode).toBe(0);

      short.clock.advance({ hours: 1 });

      expect((await terminal.run(['status'])).exitCode).toBe(3);
    } finally {
      await short.stop();
    }
  });

  it('is worthless after logout, also to who copied it', async () => {
    const terminal = await signedIn();
    const thief = aTerminal();
    cpSync(terminal.folders.config, thief.folders.config, { recursive: true });

    const out = await terminal.run(['logout']);

    expect(out.stdout).toBe(`Signed out of ${portal.address}.\n`);
    expect((await terminal.run(['status'])).exitCode).toBe(3);
    expect(readFileSync(tokensOf(terminal), 'utf8')).toBe('{}\n');
    portal.clock.advance({ hours: 2 });
    expect((await thief.run(['status'])).exitCode).toBe(3);
  });

  it('is gone from this machine even where the portal does not hear of it', async () => {
    const terminal = await signedIn();
    const fetched = jest
      .spyOn(globalThis, 'fetch')
      .mockRejectedValue(new TypeError('fetch failed'));

    const out = await terminal.run(['logout', '--json']);
    fetched.mockRestore();

    expect(JSON.parse(out.stdout)).toMatchObject({ revoked: false });
    expect(out.exitCode).toBe(0);
    expect(out.stderr).toContain('the portal was not told');
    expect(readFileSync(tokensOf(terminal), 'utf8')).toBe('{}\n');
  });

  it('is one for each person: a newer login ends it at its next renewal', async () => {
    const older = await signedIn();
    const newer = await signedIn();

    portal.clock.advance({ hours: 2 });

    expect((await older.run(['status'])).exitCode).toBe(3);
    expect((await newer.run(['status'])).exitCode).toBe(0);
  });

  it('pitfall 35: is not renewed for somebody whom the catalog does not have', async () => {
    const terminal = aTerminal({ openBrowser: url => agreeAs('ghost', url) });
    await terminal.run(['login', '--portal', portal.address]);
    expect((await terminal.run(['status'])).exitCode).toBe(5);

    portal.clock.advance({ hours: 2 });

    expect((await terminal.run(['status'])).exitCode).toBe(3);
  });
});
