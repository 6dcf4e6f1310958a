import type { Extension } from 'backstage-plugin-break-glass-common';
import { EXIT } from '../../exitCodes';
import { aLease, NOW } from '../../testing/aLease';
import { refusal, stubSession } from '../../testing/stubSession';
import { Terminal } from '../../testing/Terminal';

const { id, scopeHash } = aLease();
const EXTENSION_ID = '01M3VNBWG0VWRFHRB92BTVC5AV';
const yes = { allowed: true, reasons: [] };

const terminals: Terminal[] = [];
afterAll(() => terminals.forEach(terminal => terminal.remove()));

function aTerminal(answers: Record<string, unknown>) {
  const { session, sent } = stubSession(answers);
  const terminal = new Terminal({ now: () => NOW, session });
  terminals.push(terminal);
  return { terminal, posted: () => sent.filter(one => one.method === 'POST') };
}

describe('break-glass approve', () => {
  it('shows everything that is decided on, and asks with no as default', async () => {
    const { terminal, posted } = aTerminal({
      [`GET /v1/leases/${id}`]: aLease({
        beneficiary: { ref: 'user:default/alice', displayName: 'Alice Kim' },
        ticket: 'SUP-1234',
        ticketUrl: 'https://tickets.example.com/SUP-1234',
        approvalKind: 'emergency',
        hints: [
          { code: 'pair-history', message: 'They often approve each other.' },
        ],
        policy: {
          services: [
            {
              service: 's3',
              title: 'Amazon S3',
              accessLevels: ['read', 'permissions-management'],
              actions: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
              resources: ['arn:aws:s3:::payroll-reports', '*'],
            },
          ],
          document: { Statement: [{ Effect: 'Allow' }] },
          size: 99,
        },
      }),
    });

    const { exitCode, stderr } = await terminal.run(
      ['approve', id, '--policy'],
      [['Approve this for Mary Novak on Payroll?', '\n']],
    );

    expect(exitCode).toBe(EXIT.failed);
    expect(posted()).toEqual([]);
    for (const shown of [
      'Mary Novak (user:default/mary)',
      'Alice Kim (user:default/alice)',
      'emergency (not approved by people)',
      'Payroll (111122223333, aws, eu-central-1)',
      'Amazon S3: read, permissions management (2 actions) on arn:aws:s3:::payroll-reports; some of it on everything',
      'Alice is locked out',
      'SUP-1234 (https://tickets.example.com/SUP-1234)',
      '1 h from its approval',
      scopeHash,
      'They often approve each other.',
      '"Effect": "Allow"',
    ]) {
      expect(stderr).toContain(shown);
    }
  });

  it('I2: sends scope and term as they were shown', async () => {
    const term = { startAt: '2026-10-01T13:00:00.000Z', durationMinutes: 45 };
    const { terminal, posted } = aTerminal({
      [`GET /v1/leases/${id}`]: aLease({ term }),
      [`POST /v1/leases/${id}/decisions`]: aLease({
        status: 'scheduled',
        activeFrom: term.startAt,
      }),
    });

    const { stdout } = await terminal.run(
      ['approve', id, '--step', 'second-admin', '--comment', 'Fine'],
      [['Approve this', 'y\n']],
    );

    expect(stdout).toBe(`Approved. Lease ${id} is scheduled, begins in 1 h.\n`);
    expect(posted().map(({ body }) => body)).toEqual([
      {
        verdict: 'approve',
        step: 'second-admin',
        comment: 'Fine',
        scopeHash,
        term,
      },
    ]);
  });

  const extension: Extension = {
    id: EXTENSION_ID,
    status: 'pending',
    reason: 'Not done yet',
    minutes: 30,
    durationMinutes: 90,
    requestedAt: '2026-10-01T11:59:00.000Z',
    approvalsMissing: 1,
    decisions: [],
    decide: yes,
  };
  const active = aLease({
    status: 'active',
    expiresAt: '2026-10-01T12:10:00.000Z',
    extensions: [{ ...extension, id: id, status: 'rejected' }, extension],
  });

  it('decides on the extension that an active lease asks for, with its term', async () => {
    const { terminal, posted } = aTerminal({
      [`GET /v1/leases/${id}`]: active,
      [`POST /v1/leases/${id}/extensions/${EXTENSION_ID}/decisions`]: active,
    });

    const { exitCode, stderr } = await terminal.run(
      ['approve', id],
      [['Approve more time for Mary Novak', 'y\n']],
    );

    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'Asks for 30 min more, 1 h 30 min in all: Not done',
    );
    expect(posted()[0].body).toMatchObject({
      scopeHash,
      term: { durationMinutes: 90 },
    });
  });

  it.each([
    [[], 'say that you have looked at that: --extension'],
    [['--extension', id], `asks for no more time by the id ${id}`],
  ])(
    'I2: approves no more time with --yes and %j, though the scope is known',
    async (words, said) => {
      const { terminal, posted } = aTerminal({
        [`GET /v1/leases/${id}`]: active,
      });

      const outcome = await terminal.run([
        ...['approve', id, '--yes', '--scope', scopeHash],
        ...words,
      ]);

      expect(outcome.exitCode).toBe(EXIT.usage);
      expect(outcome.stderr).toContain(said);
      expect(posted()).toEqual([]);
    },
  );

  it('approves with --yes the more time that status shows', async () => {
    const { terminal, posted } = aTerminal({
      [`GET /v1/leases/${id}`]: active,
      [`POST /v1/leases/${id}/extensions/${EXTENSION_ID}/decisions`]: active,
    });
    expect((await terminal.run(['status', id])).stdout).toContain(
      `1 h 30 min in all: Not done yet [${EXTENSION_ID}]`,
    );

    const outcome = await terminal.run([
      ...['approve', id, '--yes', '--scope', scopeHash],
      ...['--extension', EXTENSION_ID.toLowerCase()],
    ]);

    expect(outcome.exitCode).toBe(0);
    expect(posted()).toHaveLength(1);
  });

  it('decides nothing where nobody can be asked', async () => {
    const { terminal, posted } = aTerminal({
      [`GET /v1/leases/${id}`]: aLease(),
    });

    const outcome = await terminal.run(['approve', id]);

    expect(outcome.exitCode).toBe(EXIT.usage);
    expect(posted()).toEqual([]);
  });

  it('pitfall 1: says who was faster', async () => {
    const { terminal } = aTerminal({
      [`GET /v1/leases/${id}`]: aLease(),
      [`POST /v1/leases/${id}/decisions`]: refusal(
        409,
        'Priya Raman has rejected this lease.',
        'already-decided',
      ),
    });

    const outcome = await terminal.run(['reject', id, '--yes']);

    expect(outcome.exitCode).toBe(EXIT.refused);
    expect(outcome.stderr).toContain('Priya Raman has rejected this lease.');
  });
});

describe('break-glass end', () => {
  it('asks which one of several', async () => {
    const { steps, ...rest } = aLease({ status: 'active' });
    const { order, decisions, sessions, policy, reviews, ...more } = rest;
    const { version, extensions, extendable, actions, hints, ...summary } =
      more;
    const { terminal, posted } = aTerminal({
      'GET /v1/leases': {
        items: [summary, { ...summary, id: EXTENSION_ID }],
      },
    });

    const outcome = await terminal.run(['end']);

    expect(outcome.exitCode).toBe(EXIT.usage);
    expect(outcome.stderr).toContain(
      `${id} (Payroll, Unlock a bucket), ${EXTENSION_ID} (Payroll, Unlock a bucket). Run: break-glass end LEASE`,
    );
    expect(posted()).toEqual([]);
  });

  it.each([
    ['accepted', 2, 'AWS has taken it that its live credentials are refused.'],
    ['probed', 2, 'AWS refuses its live credentials.'],
    ['requested', 0, 'It gave no credentials.'],
    ['not-deployed', 1, 'Nothing in this account kills live credentials'],
  ] as const)(
    'pitfall 12: says of a kill that is %s what is known',
    async (kill, sessionCount, words) => {
      const { terminal } = aTerminal({
        [`GET /v1/leases/${id}`]: aLease({ status: 'active' }),
        [`POST /v1/leases/${id}/end`]: aLease({
          status: 'ended',
          kill,
          sessionCount,
        }),
      });

      expect((await terminal.run(['end', id])).stdout).toContain(
        `is ended. ${words}`,
      );
    },
  );
});
