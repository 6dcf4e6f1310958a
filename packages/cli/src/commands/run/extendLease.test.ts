import type {
  Extension,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { EXIT } from '../../exitCodes';
import { aLease, NOW } from '../../testing/aLease';
import { refusal, stubSession } from '../../testing/stubSession';
import { Answer, Terminal } from '../../testing/Terminal';

const { id } = aLease();
const EXTENSION_ID = '01M3VNBWG0VWRFHRB92BTVC5AV';
const LEASE = `GET /v1/leases/${id}`;
const ASK = `POST /v1/leases/${id}/extensions`;
const yes = { allowed: true, reasons: [] };

const extension = (changes: Partial<Extension> = {}): Extension => ({
  id: EXTENSION_ID,
  status: 'pending',
  reason: 'Not done yet',
  minutes: 30,
  durationMinutes: 90,
  requestedAt: '2026-10-01T12:00:00.000Z',
  approvalsMissing: 1,
  decisions: [],
  decide: yes,
  ...changes,
});

/** An active lease with 20 of its 60 minutes left, one extension of which was rejected before. */
function active(changes: Partial<LeaseDetail> = {}): LeaseDetail {
  return aLease({
    status: 'active',
    expiresAt: '2026-10-01T12:20:00.000Z',
    extendable: 180,
    extensions: [extension({ id, status: 'rejected' })],
    ...changes,
  });
}

function afterAsking(status: Extension['status']): LeaseDetail {
  return active({
    extensions: [...active().extensions, extension({ status })],
    ...(status === 'approved' && {
      expiresAt: '2026-10-01T12:50:00.000Z',
      version: 2,
    }),
  });
}

const terminals: Terminal[] = [];
afterAll(() => terminals.forEach(terminal => terminal.remove()));

function aTerminal(answers: Record<string, unknown> = {}) {
  const { session, sent } = stubSession({
    'GET /v1/leases': { items: [summaryOf(active())] },
    [LEASE]: active(),
    [ASK]: afterAsking('pending'),
    ...answers,
  });
  const terminal = new Terminal({ now: () => NOW, session });
  terminals.push(terminal);
  return {
    run: (args: string[], typed?: Answer[]) =>
      terminal.run(['extend', ...args], typed),
    posted: () => sent.filter(one => one.method === 'POST'),
  };
}

function summaryOf(lease: LeaseDetail) {
  const summary: Record<string, unknown> = { ...lease };
  const detail =
    'version order steps decisions sessions policy reviews extensions extendable actions hints';
  detail.split(' ').forEach(key => delete summary[key]);
  return summary;
}

const FLAGS = ['--duration', '30m', '--reason', 'Not done yet'];

describe('break-glass extend', () => {
  it('shows the new end and who decides, and asks with no as default', async () => {
    const { run, posted } = aTerminal();

    const { exitCode, stderr } = await run(FLAGS, [
      ['Ask for more time on Payroll?', '\n'],
    ]);

    expect(exitCode).toBe(EXIT.failed);
    expect(posted()).toEqual([]);
    for (const shown of [
      /^Account +Payroll \(111122223333\)$/m,
      /^Ends +2026-10-01 12:20 UTC \(in 20 min\), until more is approved$/m,
      /^Would end +2026-10-01 12:50 UTC \(in 50 min\), 1 h 30 min in all$/m,
      /^Reason +Not done yet$/m,
      /^Approval +Second cloud admin \[second-admin\]: One other person\. \(0 of 1\)$/m,
    ]) {
      expect(stderr).toMatch(shown);
    }
  });

  it('asks for what is left out, and sends what was typed', async () => {
    const { run, posted } = aTerminal();

    const { exitCode, stdout } = await run(
      [],
      [
        ['How much longer, 3 h at most', '30m\n'],
        ['Reason', 'Not done yet\n'],
        ['Ask for more time', 'y\n'],
      ],
    );

    expect(exitCode).toBe(0);
    expect(posted().map(({ path, body }) => [path, body])).toEqual([
      [`/v1/leases/${id}/extensions`, { minutes: 30, reason: 'Not done yet' }],
    ]);
    expect(stdout).toBe(
      `Lease ${id} is active, ends in 20 min. 30 min more: pending.\n`,
    );
  });

  it('sends nothing twice where the answer was lost', async () => {
    const { run, posted } = aTerminal({
      [ASK]: refusal(503, 'Away.', 'catalog-unavailable'),
    });

    const { exitCode } = await run([id, ...FLAGS, '--yes']);

    expect(exitCode).toBe(EXIT.unavailable);
    expect(posted()).toHaveLength(1);
  });

  it.each([
    ['how long', [], '3 h at most: --duration'],
    ['a reason', ['--duration', '30m'], '--reason'],
    ['the last word', FLAGS, '--yes'],
  ])(
    'names the flag for %s where nobody can be asked',
    async (_, args, flag) => {
      const { run, posted } = aTerminal();

      const outcome = await run([id, ...args]);

      expect(outcome.exitCode).toBe(EXIT.usage);
      expect(outcome.stderr).toContain(flag);
      expect(posted()).toEqual([]);
    },
  );

  it.each([
    ['3h1m', '3 h 1 min more is too long: 3 h at most.'],
    ['0', 'is no duration'],
    ['-30m', 'is no duration'],
  ])('pitfall 15: refuses --duration %s', async (duration, words) => {
    const { run, posted } = aTerminal();

    const outcome = await run([
      ...[id, '--reason', 'x', '--yes', `--duration=${duration}`],
    ]);

    expect(outcome.exitCode).toBe(EXIT.usage);
    expect(outcome.stderr).toContain(words);
    expect(posted()).toEqual([]);
  });

  it.each([
    ['active', EXIT.refused],
    ['expired', EXIT.noLease],
  ] as const)(
    'says why a lease that is %s gets no more, and asks nothing',
    async (status, exitCode) => {
      const message = 'It is long enough.';
      const extend = {
        allowed: false,
        reasons: [{ code: 'duration-limit' as const, message }],
      };
      const { run, posted } = aTerminal({
        [LEASE]: active({ status, actions: { ...active().actions, extend } }),
      });

      const outcome = await run([id, ...FLAGS, '--yes']);

      expect(outcome.exitCode).toBe(exitCode);
      expect(outcome.stderr).toContain(`gets no more time. ${message}`);
      expect(posted()).toEqual([]);
    },
  );

  it('finds no lease to ask for where none is active', async () => {
    const { run } = aTerminal({ 'GET /v1/leases': { items: [] } });

    expect((await run([...FLAGS, '--yes'])).exitCode).toBe(EXIT.noLease);
  });

  describe('with --wait', () => {
    beforeEach(() =>
      jest.useFakeTimers({
        doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
      }),
    );
    afterEach(() => jest.useRealTimers());

    async function waited(status: Extension['status']) {
      const { run } = aTerminal({
        [LEASE]: [active(), afterAsking('pending'), afterAsking(status)],
      });
      let ended = false;
      const outcome = run([
        ...[id, ...FLAGS],
        ...['--yes', '--wait', '--json'],
      ]).finally(() => {
        ended = true;
      });
      while (!ended) {
        await jest.advanceTimersByTimeAsync(60_000);
      }
      return outcome;
    }

    it('tells the new end once it is approved', async () => {
      const { exitCode, stdout, stderr } = await waited('approved');

      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout).expiresAt).toBe('2026-10-01T12:50:00.000Z');
      expect(stderr).toContain('Waiting. Ctrl-C stops the waiting');
      expect(stderr).toContain('is active, ends in 50 min.');
    });

    it.each(['rejected', 'cancelled', 'lapsed'] as const)(
      'fails where it is %s',
      async status => {
        const { exitCode, stderr } = await waited(status);

        expect(exitCode).toBe(EXIT.refused);
        expect(stderr).toContain(`was not approved: it is ${status}.`);
      },
    );
  });
});
