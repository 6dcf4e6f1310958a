import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkKeyring } from '../doctor/checkKeyring';
import { Round } from '../doctor/Check';
import { EXIT } from '../exitCodes';
import { Terminal } from '../testing/Terminal';
import { KeyringSilent, systemKeyring, tryKeyring } from './keyring';
import { logout } from './logout';
import { SignIns } from './SignIns';
import { Tokens } from './Tokens';
import { TokenStore } from './TokenStore';

const PORTAL = 'https://portal.example.com';
const TOKENS: Tokens = {
  // As long as those of a portal are.
  accessToken: `access-${'a'.repeat(2_000)}`,
  refreshToken: 'refresh',
  issuedAt: 1,
  expiresAt: 2,
};

const NEEDED = ['dbus-run-session', 'gnome-keyring-daemon'];
const absent = NEEDED.filter(
  program => spawnSync(program, ['--version']).error !== undefined,
);
const wanted = absent.length === 0 || process.env.CI === 'true';
if (!wanted) {
  process.stderr.write(`Skipped: ${absent.join(', ')} not installed.\n`);
}

/** A session of the desktop with a keyring, from which its programs find their way by the address of its bus. */
class Desktop {
  private constructor(
    readonly env: Record<string, string>,
    readonly stop: () => Promise<void>,
  ) {}

  /**
   * @param home - holds the keyring, also for the next session
   * @param password - opens or makes it; without, it stays locked
   */
  static async start(home: string, password?: string): Promise<Desktop> {
    const runtime = join(home, 'run');
    mkdirSync(runtime, { recursive: true, mode: 0o700 });
    const script = [
      'set -eu',
      password
        ? 'printf %s "$PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
        : 'gnome-keyring-daemon --start --components=secrets >/dev/null',
      'echo "bus=$DBUS_SESSION_BUS_ADDRESS"',
      // Until the test lets go.
      'read -r _ || true',
      // The daemon is in the background, and not a child of this shell.
      'answer=$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets)',
      'kill "${answer##* }"',
    ].join('\n');
    const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
      env: {
        PATH: process.env.PATH,
        HOME: home,
        XDG_RUNTIME_DIR: runtime,
        XDG_DATA_HOME: join(home, 'data'),
        ...(password && { PASSWORD: password }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const closed = new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => resolve());
    });
    const address = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', chunk => {
        text += chunk;
        const [, found] = /^bus=(.+)\n/m.exec(text) ?? [];
        if (found) resolve(found);
      });
      closed.then(() => reject(new Error('No session began.')), reject);
    });
    return new Desktop(
      { DBUS_SESSION_BUS_ADDRESS: address, HOME: home },
      () => {
        child.stdin.end();
        return closed;
      },
    );
  }
}

const desktops: Desktop[] = [];
const terminals: Terminal[] = [];
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'break-glass-desktop-'));
});
afterEach(async () => {
  for (const desktop of desktops.splice(0)) await desktop.stop();
  terminals.splice(0).forEach(terminal => terminal.remove());
  rmSync(home, { recursive: true, force: true });
});

async function aDesktop(password?: string): Promise<Desktop> {
  const desktop = await Desktop.start(home, password);
  desktops.push(desktop);
  return desktop;
}

/** A machine whose commands find this keyring, as those of a person do. */
function aMachine(env: Record<string, string>) {
  const terminal = new Terminal({ env: { BREAK_GLASS_KEYRING: '', ...env } });
  terminals.push(terminal);
  return terminal;
}

async function signIn(terminal: Terminal) {
  const context = terminal.context();
  const tokens = await new TokenStore(context).save(PORTAL, TOKENS);
  await new SignIns(context).put(PORTAL, {
    userRef: 'user:default/mary',
    tokens,
    signedInAt: 1,
  });
  return { context, place: tokens };
}

(wanted ? describe : describe.skip)('the keyring of a desktop', () => {
  it('keeps the tokens of a sign-in, gives them back, and forgets them', async () => {
    const { env } = await aDesktop('pass');
    const { context, place } = await signIn(aMachine(env));
    expect(place).toBe('keyring');

    // As the next command does.
    const next = new TokenStore(context);
    expect(await next.load(PORTAL)).toEqual(TOKENS);
    expect(existsSync(next.path)).toBe(false);
    await next.remove(PORTAL);

    expect(await new TokenStore(context).load(PORTAL)).toBeUndefined();
    expect(await (await systemKeyring(env))!.get(PORTAL)).toBeUndefined();
    expect(await tryKeyring(await systemKeyring(env))).toBe('works');
  });

  it('that is locked says so: nothing in it is taken for gone', async () => {
    const open = await aDesktop('pass');
    const terminal = aMachine(open.env);
    await signIn(terminal);
    await desktops.pop()!.stop();
    const { env } = await aDesktop();
    const context = { ...terminal.context(), env: { ...env } };

    await expect(new TokenStore(context).load(PORTAL)).rejects.toMatchObject({
      exitCode: EXIT.notSignedIn,
      message: expect.stringMatching(/does not open: it is locked/),
    });
    await expect(logout(context, { json: false })).rejects.toThrow(
      'You are not signed out',
    );
    expect(await tryKeyring(await systemKeyring(env))).toBe('fails');

    await desktops.pop()!.stop();
    const again = await aDesktop('pass');
    const later = { ...context, env: { ...again.env } };
    expect(await new TokenStore(later).load(PORTAL)).toEqual(TOKENS);
  });

  it('that went away says so, too', async () => {
    const open = await aDesktop('pass');
    const { context } = await signIn(aMachine(open.env));
    await desktops.pop()!.stop();

    await expect(new TokenStore(context).load(PORTAL)).rejects.toThrow(
      'does not open',
    );
  });
});

const onLinux = process.platform === 'linux';
if (!onLinux) {
  process.stderr.write('Skipped: only Linux asks a bus for its keyring.\n');
}

(onLinux ? describe : describe.skip)('a keyring that never answers', () => {
  let bus: Server;
  let env: Record<string, string>;
  beforeEach(async () => {
    const path = join(home, 'bus');
    bus = createServer(() => {});
    await new Promise<void>(resolve => {
      bus.listen(path, resolve);
    });
    env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` };
  });
  afterEach(() => {
    bus.close();
  });

  it('is waited for once, and its process ends', async () => {
    const keyring = (await systemKeyring(env, 1_000))!;

    // Comes when the process has ended, which would hold up the command's own end.
    await expect(keyring.get(PORTAL)).rejects.toThrow(KeyringSilent);

    bus.close();
    await expect(keyring.set(PORTAL, 'x')).rejects.toThrow(KeyringSilent);
    await expect(keyring.remove(PORTAL)).rejects.toThrow(KeyringSilent);
    expect(await tryKeyring(keyring)).toBe('silent');
  });

  it('is a problem that doctor names', async () => {
    const context = aMachine(env).context();
    const round = { keyringMs: 1_000 } as Round;

    expect(await checkKeyring(context, round)).toMatchObject({
      state: 'problem',
      next: expect.stringContaining('BREAK_GLASS_KEYRING=off'),
    });
  });

  it('keeps nobody from signing in, and says how to do without', async () => {
    const context = aMachine(env).context();
    const store = new TokenStore(context, () => systemKeyring(env, 1_000));

    expect(await store.save(PORTAL, TOKENS)).toBe('file');

    expect((context.stderr as unknown as { text: string }).text).toMatch(
      /keyring does not answer.*BREAK_GLASS_KEYRING=off/,
    );
    await new SignIns(context).put(PORTAL, {
      userRef: 'user:default/mary',
      tokens: 'keyring',
      signedInAt: 1,
    });
    await expect(store.load(PORTAL)).rejects.toMatchObject({
      exitCode: EXIT.notSignedIn,
      message: expect.stringMatching(
        /does not answer.*BREAK_GLASS_KEYRING=off, and sign in anew: break-glass login/,
      ),
    });
  });
});
