import { stripVTControlCharacters } from 'node:util';
import { CliError } from './CliError';
import { EXIT } from './exitCodes';
import { run } from './run';
import { aLease, NOW, summaryOf } from './testing/aLease';
import { refusal, stubSession } from './testing/stubSession';
import { Terminal } from './testing/Terminal';

const { id } = aLease();
const LEASE = `GET /v1/leases/${id}`;
const HOSTILE =
  'ok\u001b[2J\u001b]0;title\u0007\r\nApproved by Daniel\u202e\u009b31m\u2028x\u0000';
/** Control characters except the line breaks that we write, and what turns text around. */
const ACTIVE = /[^\P{Cc}\n]|[\u202a-\u202e\u2028\u2029]/u;

const terminals: Terminal[] = [];
function aTerminal(answers: Record<string, unknown>): Terminal {
  const { session } = stubSession(answers);
  const terminal = new Terminal({ now: () => NOW, session });
  terminals.push(terminal);
  return terminal;
}

afterAll(() => terminals.forEach(terminal => terminal.remove()));

describe('errors', () => {
  it.each([
    [400, 'duration-limit', EXIT.usage],
    [401, undefined, EXIT.notSignedIn],
    [403, 'no-active-lease', EXIT.noLease],
    [403, 'self-approval', EXIT.refused],
    [404, 'lease-unknown', EXIT.refused],
    [409, 'stale-scope', EXIT.refused],
    [429, 'rate-limited', EXIT.unavailable],
    [429, undefined, EXIT.unavailable],
    [503, 'catalog-unavailable', EXIT.unavailable],
    [500, undefined, EXIT.failed],
  ])('a %s with %s exits with %s', async (status, code, exitCode) => {
    const terminal = aTerminal({ [LEASE]: refusal(status, 'Because.', code) });

    const outcome = await terminal.run(['status', id]);

    expect(outcome).toMatchObject({ exitCode, stdout: '' });
    expect(outcome.stderr).toMatch(/^break-glass: .+\n$/);
  });

  it('repeat what the portal says, with its code for programs', async () => {
    const terminal = aTerminal({
      [LEASE]: refusal(403, 'Another person must decide.', 'self-approval'),
    });

    expect((await terminal.run(['status', id])).stderr).toBe(
      'break-glass: Another person must decide.\n',
    );
    const { stderr } = await terminal.run(['status', id, '--json']);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        message: 'Another person must decide.',
        exitCode: EXIT.refused,
        code: 'self-approval',
      },
    });
  });

  it('say of a portal without the plugin what to look at', async () => {
    const outcome = await aTerminal({}).run(['status', id]);

    expect(outcome.exitCode).toBe(EXIT.refused);
    expect(outcome.stderr).toContain('break-glass doctor');
  });

  it('say of an answer that does not fit which version to install', async () => {
    const outcome = await aTerminal({ [LEASE]: { id } }).run(['status', id]);

    expect(outcome.exitCode).toBe(EXIT.failed);
    expect(outcome.stderr).toContain('Install the version');
  });

  it('pitfall 27: show nothing of what was not meant for people', async () => {
    const { session } = stubSession({
      [LEASE]: new TypeError('Bearer eyJhbGciOi.secret'),
    });
    const quiet = new Terminal({ session });
    terminals.push(quiet);

    const outcome = await quiet.run(['status', id]);

    expect(outcome.exitCode).toBe(EXIT.failed);
    expect(outcome.stderr).toMatch(/^break-glass: Something unexpected.*\n$/);
    expect(outcome.stderr).not.toMatch(/secret|at /);
  });

  it('show where it happened only if asked to', async () => {
    const { session } = stubSession({ [LEASE]: new TypeError('why') });
    const curious = new Terminal({ session, env: { BREAK_GLASS_DEBUG: '1' } });
    terminals.push(curious);

    expect((await curious.run(['status', id])).stderr).toContain('  at ');
  });

  it('of the command line exit with 2, for programs as JSON', async () => {
    const terminal = aTerminal({});

    const words = await terminal.run(['statsu']);
    expect(words).toMatchObject({ exitCode: EXIT.usage, stdout: '' });
    expect(words.stderr).toContain('Did you mean status?');
    const json = await terminal.run(['status', '--nope', '--json']);
    expect(json.exitCode).toBe(EXIT.usage);
    expect(JSON.parse(json.stderr).error.message).toContain('--nope');
  });

  it('with a lease that is none name where to find one', async () => {
    const outcome = await aTerminal({}).run(['approve', 'x; rm -rf /']);

    expect(outcome.exitCode).toBe(EXIT.usage);
    expect(outcome.stderr).toContain('break-glass status');
  });

  it('keep the exit code that a command chose', async () => {
    const terminal = new Terminal({
      session: async () => {
        throw new CliError('No.', EXIT.unavailable);
      },
    });
    terminals.push(terminal);

    expect((await terminal.run(['status'])).exitCode).toBe(EXIT.unavailable);
  });
});

describe('pitfall 32: hostile text of the server', () => {
  const hostile = aLease({
    reason: HOSTILE,
    requester: { ref: 'user:default/mary', displayName: HOSTILE },
    account: { ...aLease().account, title: HOSTILE },
    role: { ...aLease().role, title: HOSTILE },
    profile: {
      ...aLease().profile,
      title: HOSTILE,
      parameters: { bucket: HOSTILE },
    },
    hints: [{ code: 'pair-history', message: HOSTILE }],
    policy: { services: [], document: { [HOSTILE]: HOSTILE }, size: 1 },
  });
  const hostileStep = {
    ...aLease().steps[0],
    title: HOSTILE,
    words: HOSTILE,
    candidates: [{ ref: 'user:default/daniel', displayName: HOSTILE }],
  };
  const hostileAccount = {
    ref: 'resource:default/payroll',
    title: HOSTILE,
    accountId: HOSTILE,
    controlPlane: false,
    problems: [],
  };

  it.each([
    ['of a lease', ['status', id, '--policy'], { [LEASE]: hostile }],
    [
      'of a list',
      ['status', '--approvals'],
      { 'GET /v1/leases': { items: [summaryOf(hostile)] } },
    ],
    [
      'of one’s own leases, and of those who decide',
      ['status'],
      {
        'GET /v1/leases': { items: [summaryOf(hostile)] },
        [LEASE]: { ...hostile, steps: [hostileStep] },
      },
    ],
    [
      'of several leases',
      ['extend'],
      { 'GET /v1/leases': { items: [0, 1].map(() => summaryOf(hostile)) } },
    ],
    [
      'of a lease that is to last longer',
      ['extend', id, '--duration', '5m', '--reason', 'x'],
      {
        [LEASE]: {
          ...hostile,
          status: 'active',
          extendable: 60,
          expiresAt: '2026-10-01T12:20:00.000Z',
          steps: [hostileStep],
        },
      },
    ],
    [
      'of a lease that gets no more time',
      ['extend', id],
      {
        [LEASE]: {
          ...hostile,
          actions: {
            ...hostile.actions,
            extend: {
              allowed: false,
              reasons: [{ code: 'conflict', message: HOSTILE }],
            },
          },
        },
      },
    ],
    [
      'of a lease that ends',
      ['end', id],
      {
        [LEASE]: hostile,
        [`POST /v1/leases/${id}/cancel`]: { ...hostile, status: 'cancelled' },
      },
    ],
    [
      'of an account that is nearly meant',
      ['request', 'pay'],
      { 'GET /v1/accounts': { items: [hostileAccount] } },
    ],
    [
      'of accounts as JSON',
      ['accounts', '--json'],
      { 'GET /v1/accounts': { items: [hostileAccount] } },
    ],
    [
      'of an error',
      ['status', id],
      { [LEASE]: refusal(403, HOSTILE, 'frozen') },
    ],
    [
      'of an account',
      ['accounts'],
      {
        'GET /v1/accounts': {
          items: [
            {
              ...hostileAccount,
              problems: [
                { code: 'missing-id', message: HOSTILE, fix: HOSTILE },
              ],
            },
          ],
          nextCursor: HOSTILE,
        },
      },
    ],
    ['as JSON', ['status', id, '--json'], { [LEASE]: hostile }],
    [
      'as JSON of an error',
      ['status', id, '--json'],
      { [LEASE]: refusal(403, HOSTILE, 'frozen') },
    ],
  ])(
    '%s does nothing to a terminal, and forges no line',
    async (_, args, answers) => {
      const terminal = aTerminal(answers);

      const { stdout, stderr } = await terminal.run(args);

      const written = stdout + stderr;
      expect(written).toContain('Approved by Daniel');
      expect(written).not.toMatch(ACTIVE);
      expect(written).not.toMatch(/^\s*Approved by Daniel/m);
    },
  );

  it('of what the portal says of itself and of people does nothing either', async () => {
    const { session } = stubSession({
      'GET /v1/me': {
        ref: 'user:default/mary',
        displayName: HOSTILE,
        groups: [],
        eligibleRoles: [],
        stops: [],
        approver: true,
        reviewer: false,
        responder: false,
        auditor: false,
        open: {
          approvals: 0,
          reviews: 0,
          mine: 0,
          unbrokered: 0,
          followUps: 0,
        },
      },
      'GET /v1/health': {
        parts: [{ name: 'broker', ok: false, words: HOSTILE }],
      },
    });
    const context = { ...aTerminal({}).context(), session };
    context.identity = async () => ({
      backendUrl: 'https://portal.example.com',
      userRef: 'user:default/mary',
    });

    await run(['doctor'], context);

    const { text } = context.stdout as unknown as { text: string };
    expect(text.match(/Approved by Daniel/g)).toHaveLength(2);
    expect(text).not.toMatch(ACTIVE);
    expect(text).not.toMatch(/^\s*Approved by Daniel/m);
  });

  it('does nothing where it is in words of ours', async () => {
    const terminal = new Terminal({
      session: async () => {
        throw new CliError(`No: ${HOSTILE}`, EXIT.refused);
      },
    });
    terminals.push(terminal);

    const { stderr } = await terminal.run(['status']);

    expect(stderr).not.toMatch(ACTIVE);
    expect(stderr).not.toMatch(/^\s*Approved by Daniel/m);
  });

  it('stays the same value in JSON', async () => {
    const terminal = aTerminal({ [LEASE]: hostile });

    const { stdout } = await terminal.run(['status', id, '--json']);

    expect(JSON.parse(stdout).reason).toBe(HOSTILE);
  });

  it('does nothing in a question either', async () => {
    const terminal = aTerminal({ [LEASE]: hostile });

    const { exitCode, stderr } = await terminal.run(
      ['approve', id],
      [['Approve this for ok', 'n\n']],
    );

    expect(exitCode).toBe(EXIT.failed);
    // The prompt's own colours are the only sequences.
    expect(stripVTControlCharacters(stderr)).not.toMatch(ACTIVE);
    expect(stderr).not.toContain('\u001b[2J');
  });
});
