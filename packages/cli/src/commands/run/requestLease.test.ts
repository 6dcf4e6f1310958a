import type {
  AccountDetail,
  Explanation,
  LeasePreview,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';
import { aLease, NOW } from '../../testing/aLease';
import { refusal, stubSession } from '../../testing/stubSession';
import { Terminal } from '../../testing/Terminal';

const yes: Explanation = { allowed: true, reasons: [] };
const summary = {
  ref: 'resource:default/payroll',
  title: 'Payroll',
  accountId: '111122223333',
  controlPlane: false,
  problems: [],
};
const bucket = {
  name: 'bucket',
  title: 'Bucket',
  pattern: '[a-z-]+',
  maxLength: 63,
  required: true,
  example: 'payroll-reports',
};

function anAccount(eligible = yes): AccountDetail {
  const profile = (id: string, parameters = [] as (typeof bucket)[]) => ({
    id,
    title: `Profile ${id}`,
    description: 'For a purpose.',
    services: [],
    parameters,
    managedPolicyArns: [],
    chaining: false,
    residueReviewed: false,
  });
  return {
    ...summary,
    stops: [],
    ticket: { required: true, pattern: '', example: 'SUP-1' },
    roles: [
      {
        id: 'break-glass',
        title: 'Break glass',
        description: '',
        roleName: 'BreakGlassAdmin',
        access: 'lease',
        eligible,
        eligiblePeople: '',
        profiles: [profile('unlock-bucket', [bucket]), profile('read')],
        durationMinutes: { min: 15, max: 240, suggested: [60] },
        approvalPolicies: [],
        kill: 'boundary',
        openLeases: [],
      },
    ],
  };
}

function aPreview(changes: Partial<LeasePreview> = {}): LeasePreview {
  return {
    eligible: yes,
    policy: { services: [], document: {}, size: 1, limit: 2048 },
    durationMinutes: 60,
    endsAt: '2026-10-01T13:00:00.000Z',
    lapsesAt: '2026-10-01T20:00:00.000Z',
    order: 'parallel',
    steps: aLease().steps,
    warnings: [{ code: 'w', message: 'Nobody is on call.' }],
    problems: [],
    ...changes,
  };
}

const terminals: Terminal[] = [];
afterAll(() => terminals.forEach(terminal => terminal.remove()));

function aTerminal(answers: Record<string, unknown> = {}) {
  const { session, sent } = stubSession({
    'GET /v1/accounts': { items: [summary] },
    'GET /v1/accounts/resource/default/payroll': anAccount(),
    'POST /v1/leases/preview': aPreview(),
    'POST /v1/leases': aLease(),
    ...answers,
  });
  const terminal = new Terminal({ now: () => NOW, session });
  terminals.push(terminal);
  const bodies = () =>
    sent.filter(
      ({ method, path }) => `${method} ${path}` === 'POST /v1/leases',
    );
  return { terminal, bodies };
}

const FLAGS = [
  ...'--profile unlock-bucket --param bucket=payroll-reports'.split(' '),
  ...'--ticket SUP-1234 --duration 1h30m --reason Locked'.split(' '),
];

describe('break-glass request', () => {
  it('sends what the flags say', async () => {
    const { terminal, bodies } = aTerminal();

    const outcome = await terminal.run([
      'request',
      '111122223333',
      ...FLAGS,
      ...'--for alice --start +2h --yes'.split(' '),
    ]);

    expect(outcome.exitCode).toBe(0);
    expect(outcome.stdout).toBe(`${aLease().id}\n`);
    expect(bodies().map(({ body }) => body)).toEqual([
      {
        accountRef: 'resource:default/payroll',
        roleId: 'break-glass',
        profileId: 'unlock-bucket',
        profileParameters: { bucket: 'payroll-reports' },
        reason: 'Locked',
        ticket: 'SUP-1234',
        durationMinutes: 90,
        beneficiary: 'user:default/alice',
        startAt: '2026-10-01T14:00:00.000Z',
      },
    ]);
  });

  it('asks a person for what is missing, and shows what it comes to', async () => {
    const { terminal, bodies } = aTerminal();

    const outcome = await terminal.run(
      ['request'],
      [
        ['Account', 'payroll\n'],
        ['Profile', '\n'],
        ['Bucket', 'payroll-reports\n'],
        ['Reason', 'Alice is locked out\n'],
        ['Ticket', 'SUP-1234\n'],
        ['How long', '\n'],
        ['Send this request?', 'y\n'],
      ],
    );

    expect(outcome.exitCode).toBe(0);
    expect(outcome.stderr).toContain('Warning   Nobody is on call.');
    expect(bodies()[0].body).toMatchObject({
      profileId: 'unlock-bucket',
      profileParameters: { bucket: 'payroll-reports' },
      reason: 'Alice is locked out',
      ticket: 'SUP-1234',
      durationMinutes: 60,
    });
  });

  it('sends nothing to who says no', async () => {
    const { terminal, bodies } = aTerminal();

    const outcome = await terminal.run(
      ['request', 'payroll', ...FLAGS],
      [['Send this request?', 'n\n']],
    );

    expect(outcome.exitCode).toBe(EXIT.failed);
    expect(bodies()).toEqual([]);
  });

  it.each([
    ['an account', [], 'Which account?'],
    ['a profile', ['payroll'], '--profile, of unlock-bucket, read'],
    [
      'a parameter',
      ['payroll', '--profile', 'unlock-bucket'],
      '--param bucket=VALUE',
    ],
    ['a reason', ['payroll', '--profile', 'read'], '--reason'],
    ['a ticket', ['payroll', '--profile', 'read', '--reason', 'x'], '--ticket'],
    ['the last word', ['payroll', ...FLAGS], '--yes'],
  ])(
    'names the flag for %s where nobody can be asked',
    async (_, args, flag) => {
      const { terminal, bodies } = aTerminal();

      const outcome = await terminal.run(['request', ...args]);

      expect(outcome.exitCode).toBe(EXIT.usage);
      expect(outcome.stderr).toContain(flag);
      expect(bodies()).toEqual([]);
    },
  );

  it.each([
    ['--duration', '0', 'is no duration'],
    ['--duration', '-1h', 'is no duration'],
    ['--duration', '1.5h', 'is no duration'],
    ['--start', 'tomorrow', 'is no start'],
    ['--start', '2026-10-01T14:00', 'is no start'],
    ['--param', 'x=1', 'has no parameter "x"'],
    ['--param', 'bucket', 'is no parameter'],
    ['--profile', 'everything', 'has no profile "everything"'],
    ['--role', 'root', 'has no role "root"'],
  ])('pitfall 15: refuses %s %s', async (flag, value, words) => {
    const { terminal, bodies } = aTerminal();

    const outcome = await terminal.run([
      'request',
      'payroll',
      ...FLAGS,
      '--yes',
      `${flag}=${value}`,
    ]);

    expect(outcome.exitCode).toBe(EXIT.usage);
    expect(outcome.stderr).toContain(words);
    expect(bodies()).toEqual([]);
  });

  it('says why somebody may not ask, or what the portal would refuse', async () => {
    const why = {
      allowed: false,
      reasons: [{ code: 'x', message: 'Not you.' }],
    };
    const { terminal } = aTerminal({
      'GET /v1/accounts/resource/default/payroll': anAccount(why),
    });
    const ask = ['request', 'payroll', ...FLAGS, '--yes'];
    expect(await terminal.run(ask)).toMatchObject({
      exitCode: EXIT.refused,
      stderr: expect.stringContaining('Not you.'),
    });

    const problem = { field: 'ticket', code: 'x', message: 'No such ticket.' };
    const second = aTerminal({
      'POST /v1/leases/preview': aPreview({ problems: [problem] }),
    });
    expect(await second.terminal.run(ask)).toMatchObject({
      exitCode: EXIT.usage,
      stderr: expect.stringContaining('No such ticket.'),
    });
    expect(second.bodies()).toEqual([]);
  });

  it('pitfall 6: sends again under the same key where the answer was lost', async () => {
    const lost = new CliError('away', EXIT.unavailable);
    const { terminal, bodies } = aTerminal({
      'POST /v1/leases': [lost, lost, aLease()],
    });

    const outcome = await terminal.run([
      'request',
      'payroll',
      ...FLAGS,
      '--yes',
    ]);

    expect(outcome.exitCode).toBe(0);
    const keys = bodies().map(({ headers }) => headers['Idempotency-Key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('sends a request that was refused once only', async () => {
    const { terminal, bodies } = aTerminal({
      'POST /v1/leases': refusal(403, 'Frozen until Monday.', 'frozen'),
    });

    const outcome = await terminal.run([
      'request',
      'payroll',
      ...FLAGS,
      '--yes',
    ]);

    expect(outcome).toMatchObject({ exitCode: EXIT.refused, stdout: '' });
    expect(outcome.stderr).toContain('break-glass: Frozen until Monday.\n');
    expect(bodies()).toHaveLength(1);
  });

  it('with --wait fails where it is not approved', async () => {
    const { terminal } = aTerminal({
      'POST /v1/leases': aLease({ status: 'rejected', closeComment: 'No.' }),
    });

    const outcome = await terminal.run([
      'request',
      'payroll',
      ...FLAGS,
      '--yes',
      '--wait',
    ]);

    expect(outcome.exitCode).toBe(EXIT.refused);
    expect(outcome.stderr).toContain('was not approved: it is rejected (No.)');
  });

  it('names the accounts that were perhaps meant', async () => {
    const { terminal } = aTerminal();

    const outcome = await terminal.run(['request', 'pay', ...FLAGS, '--yes']);

    expect(outcome.exitCode).toBe(EXIT.usage);
    expect(outcome.stderr).toContain(
      'Did you mean resource:default/payroll (Payroll)?',
    );
  });
});
