import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { NOW } from '../testing/aLease';
import { refusal, stubSession } from '../testing/stubSession';
import { Terminal } from '../testing/Terminal';
import { Finding } from './Check';
import { runDoctor } from './runDoctor';

let server: Server;
let portal: string;
let portalTime = NOW;
const terminals: Terminal[] = [];

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('Date', new Date(portalTime).toUTCString());
    response.end('{}');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  terminals.forEach(terminal => terminal.remove());
});

beforeEach(() => {
  portalTime = NOW;
});

const me = {
  ref: 'user:default/mary',
  displayName: 'Mary Novak',
  groups: [],
  eligibleRoles: [],
  stops: [],
  approver: true,
  reviewer: false,
  responder: false,
  auditor: false,
  open: { approvals: 0, reviews: 0, mine: 0, unbrokered: 0, followUps: 0 },
};

function aMachine(
  answers: Record<string, unknown> = {},
  env: Record<string, string> = { PATH: '/nowhere' },
) {
  const { session } = stubSession({
    'GET /v1/me': me,
    'GET /v1/health': refusal(403, 'For operators.', 'not-permitted'),
    ...answers,
  });
  const terminal = new Terminal({ now: () => NOW, session, env });
  terminals.push(terminal);
  return terminal;
}

function signIn(terminal: Terminal, at = portal, token = {}) {
  const { config } = terminal.folders;
  mkdirSync(config, { mode: 0o700 });
  const write = (name: string, value: unknown) =>
    writeFileSync(join(config, name), JSON.stringify(value), { mode: 0o600 });
  write('sign-ins.json', {
    current: at,
    portals: {
      [at]: { userRef: me.ref, tokens: 'file', signedInAt: NOW },
    },
  });
  write('tokens.json', {
    [at]: {
      accessToken: 'eyJ-secret',
      refreshToken: 'also-secret',
      issuedAt: NOW - 20 * 60_000,
      expiresAt: NOW + 40 * 60_000,
      ...token,
    },
  });
}

/** A file of credentials as the cache keeps them, by its name and place. */
function keepCredentials({ folders }: Terminal) {
  const folder = join(folders.cache, 'credentials');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${'a'.repeat(64)}.json`);
  writeFileSync(file, '{}', { mode: 0o600 });
  return { folder, file };
}

async function findings(terminal: Terminal): Promise<{
  exitCode: number;
  by: Record<string, Finding>;
}> {
  const { exitCode, stdout } = await terminal.run(['doctor', '--json']);
  const all: Finding[] = JSON.parse(stdout).findings;
  return {
    exitCode,
    by: Object.fromEntries(all.map(finding => [finding.name, finding])),
  };
}

describe('break-glass doctor', () => {
  it('finds nothing wrong with a machine that works', async () => {
    const terminal = aMachine({
      'GET /v1/health': {
        parts: [{ name: 'broker', ok: true, words: 'It can assume.' }],
      },
    });
    signIn(terminal);

    const { exitCode, by } = await findings(terminal);

    expect(exitCode).toBe(0);
    expect(by).toMatchObject({
      Portal: { state: 'ok', message: `${portal} answers.` },
      Clock: { state: 'ok' },
      'Sign-in': {
        state: 'ok',
        message:
          'Mary Novak (user:default/mary), token from 20 min ago, renewed in 40 min.',
      },
      Keyring: { state: 'unknown' },
      Files: { state: 'ok' },
      broker: { state: 'ok', message: 'It can assume.' },
    });
  });

  it('pitfall 27: shows no token', async () => {
    const terminal = aMachine();
    signIn(terminal);

    await terminal.run(['doctor']);
    await terminal.run(['doctor', '--json']);

    expect(terminal.written).not.toContain('secret');
  });

  it('says what to do first on a new machine', async () => {
    const terminal = aMachine();

    const { exitCode, stdout, stderr } = await terminal.run(['doctor']);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^PROBLEM +Portal +None is chosen\. Run: break-glass login/,
    );
    expect(stderr).toBe('break-glass: 2 things are wrong.\n');
  });

  it.each([
    [-31, 'ok'],
    [-33, 'problem'],
    [30, 'ok'],
    [31, 'problem'],
  ])(
    'pitfall 40: a portal that is %s s ahead is %s',
    async (seconds, state) => {
      const terminal = aMachine();
      signIn(terminal);
      portalTime = NOW + seconds * 1000;

      expect((await findings(terminal)).by.Clock.state).toBe(state);
    },
  );

  it('says that others can read the files, and changes nothing', async () => {
    const terminal = aMachine();
    signIn(terminal);
    const open = join(terminal.folders.config, 'sign-ins.json');
    chmodSync(open, 0o644);

    const twice = [await findings(terminal), await findings(terminal)];

    for (const { by } of twice) {
      expect(by.Files).toMatchObject({
        state: 'problem',
        message: expect.stringContaining(open),
      });
    }
  });

  it('goes on where a portal refuses or does not answer', async () => {
    const terminal = aMachine(
      { 'GET /v1/me': refusal(401, 'No.') },
      { BREAK_GLASS_PORTAL: 'http://127.0.0.1:9' },
    );
    signIn(terminal);

    const { exitCode, by } = await findings(terminal);

    expect(exitCode).toBe(1);
    expect(by.Portal.state).toBe('problem');
    expect(by.Files.state).toBe('ok');
  });

  it('tells an operator what the portal is missing', async () => {
    const terminal = aMachine({
      'GET /v1/health': {
        parts: [{ name: 'broker', ok: false, words: 'Add sts:TagSession.' }],
      },
    });
    signIn(terminal);

    const { by } = await findings(terminal);

    expect(by.broker).toMatchObject({
      state: 'problem',
      message: 'Add sts:TagSession.',
    });
  });

  it.each([
    [
      'credentials that others can read',
      (_: string, file: string) => chmodSync(file, 0o640),
      /chmod|Delete/,
    ],
    [
      'a folder of credentials that others can enter',
      (folder: string) => chmodSync(folder, 0o755),
      /Delete/,
    ],
    [
      'a link among them',
      (folder: string) =>
        symlinkSync('/etc/hostname', join(folder, `${'b'.repeat(64)}.json`)),
      /Delete/,
    ],
  ])('finds %s', async (_, spoil, next) => {
    const terminal = aMachine();
    signIn(terminal);
    const { folder, file } = keepCredentials(terminal);
    expect((await findings(terminal)).by.Files.state).toBe('ok');

    spoil(folder, file);

    expect((await findings(terminal)).by.Files).toMatchObject({
      state: 'problem',
      message: expect.stringContaining(folder),
      next: expect.stringMatching(next),
    });
  });

  it('follows no link in the place of the credentials, and no folder of somebody else', async () => {
    const terminal = aMachine();
    signIn(terminal);
    const { folder, file } = keepCredentials(terminal);
    const linked = aMachine();
    signIn(linked);
    mkdirSync(linked.folders.cache, { mode: 0o700 });
    symlinkSync(folder, join(linked.folders.cache, 'credentials'));
    chmodSync(file, 0o644);

    const { Files } = (await findings(linked)).by;
    expect(Files).toMatchObject({
      state: 'problem',
      message: `Others can read, or have changed: ${join(
        linked.folders.cache,
        'credentials',
      )}.`,
    });

    jest.spyOn(process, 'getuid').mockReturnValue(process.getuid!() + 1);
    const foreign = (await findings(terminal)).by.Files;
    jest.restoreAllMocks();
    expect(foreign).toMatchObject({
      state: 'problem',
      message: expect.stringContaining(folder),
      next: expect.stringContaining('somebody else’s'),
    });
  });

  it('names five of many files', async () => {
    const terminal = aMachine();
    signIn(terminal);
    const { folder } = keepCredentials(terminal);
    for (const digit of '234567') {
      const file = join(folder, `${digit.repeat(64)}.json`);
      writeFileSync(file, '{}', { mode: 0o644 });
    }

    const { message } = (await findings(terminal)).by.Files;

    expect(message).toMatch(/5{64}\.json, [^,]*6{64}\.json and 1 more\.$/);
  });

  it('finds no AWS CLI on an empty PATH', async () => {
    const terminal = aMachine({}, { PATH: '/nowhere' });

    const timers = () =>
      process.getActiveResourcesInfo().filter(name => name === 'Timeout')
        .length;
    const before = timers();

    expect((await findings(terminal)).by['AWS CLI'].state).toBe('unknown');
    // Nothing more holds up the end of the command.
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('names the AWS profiles of this command, and says when their markers are damaged', async () => {
    const terminal = aMachine();
    signIn(terminal);
    expect((await findings(terminal)).by['AWS profiles']).toMatchObject({
      state: 'unknown',
      next: expect.stringContaining('break-glass configure'),
    });
    mkdirSync(join(terminal.home, '.aws'));
    const config = join(terminal.home, '.aws', 'config');
    const begin = '# >>> break-glass bg-payroll-s3 resource:default/payroll';
    writeFileSync(
      config,
      `${begin}\n[profile bg-payroll-s3]\n# <<< break-glass bg-payroll-s3\n`,
    );
    expect((await findings(terminal)).by['AWS profiles']).toMatchObject({
      state: 'ok',
      message: 'bg-payroll-s3.',
    });
    writeFileSync(config, `${begin}\n[profile bg-payroll-s3]\n`);
    expect((await findings(terminal)).by.Look).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('AWS config file'),
    });
  });
});

describe('break-glass doctor where the portal hangs', () => {
  const SILENT = 'Not looked at, since the portal does not answer.';
  let hanging: Server;
  let address: string;
  let asked: string[];
  /** What the portal still answers. */
  let answers: (url: string) => boolean;

  beforeAll(async () => {
    hanging = createServer((request, response) => {
      asked.push(request.url!);
      response.setHeader('Date', new Date(NOW).toUTCString());
      if (answers(request.url!)) response.end('{}');
    });
    await new Promise<void>(resolve => {
      hanging.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    hanging.closeAllConnections();
    hanging.close();
  });

  /** Looks with the sign-in of the machine, and with little patience. */
  async function look(): Promise<Record<string, Finding>> {
    asked = [];
    const terminal = new Terminal({
      now: () => NOW,
      env: { PATH: '/nowhere' },
    });
    terminals.push(terminal);
    signIn(terminal, address, {
      accessToken: `x.${Buffer.from(
        JSON.stringify({ sub: me.ref, iss: 'portal', iat: 0, exp: 3600 }),
      ).toString('base64url')}.x`,
    });
    const context = terminal.context();
    await expect(
      runDoctor(context, {
        json: true,
        patienceMs: { sign: 300, all: 600, keyring: 10_000 },
      }),
    ).rejects.toThrow('One thing is wrong.');
    const { text } = context.stdout as unknown as { text: string };
    const all: Finding[] = JSON.parse(text).findings;
    return Object.fromEntries(all.map(finding => [finding.name, finding]));
  }

  it('asks it once, and looks at the rest', async () => {
    answers = () => false;

    const by = await look();

    expect(asked).toEqual(['/api/auth/.well-known/openid-configuration']);
    expect(by).toMatchObject({
      Portal: {
        state: 'problem',
        message: expect.stringContaining(`${address} does not answer`),
      },
      'Sign-in': { state: 'unknown', message: SILENT },
      Health: { state: 'unknown', message: SILENT },
      Files: { state: 'ok' },
      'AWS profiles': { state: 'unknown' },
    });
    expect(by).not.toHaveProperty('Clock');
  });

  it('waits once where it hangs only behind its sign of life', async () => {
    answers = url => url.includes('/auth/');

    const by = await look();

    expect(asked).toContain('/api/break-glass/v1/me');
    expect(asked).not.toContain('/api/break-glass/v1/health');
    expect(by).toMatchObject({
      Portal: { state: 'ok' },
      'Sign-in': {
        state: 'problem',
        message: expect.stringContaining('does not answer'),
      },
      Health: { state: 'unknown', message: SILENT },
    });
  });
});
