import { TicketQuestion } from 'backstage-plugin-break-glass-node';
import { JsonServer, startJsonServer } from '../testing/startJsonServer';
import { jiraTickets } from './jiraTickets';
import { lookupTarget } from './lookupTarget';
import { pagerDutySchedule, plainSchedule } from './onCallSchedules';
import { serviceNowTickets } from './serviceNowTickets';

const question: TicketQuestion = {
  ticket: 'INC-7',
  requester: { ref: 'user:default/mary', email: 'Mary@example.com' },
  beneficiary: { ref: 'user:default/alice', email: 'alice@example.com' },
};
const NOON = Date.parse('2026-10-01T12:00:00Z');
const { signal } = new AbortController();

let server: JsonServer;
beforeEach(async () => {
  server = await startJsonServer();
});
afterEach(() => server.stop());

const target = (timeoutMs = 5_000) =>
  lookupTarget({
    baseUrl: `${server.url}/base`,
    timeoutMs,
    auth: { type: 'token', token: 'lookup-key' },
  });

function anIssue(change: Record<string, unknown> = {}) {
  return {
    fields: {
      status: { statusCategory: { key: 'indeterminate' } },
      issuetype: { name: 'Incident' },
      assignee: { emailAddress: 'mary@example.com' },
      reporter: { emailAddress: 'sam@example.com' },
      creator: { emailAddress: 'sam@example.com' },
      created: '2026-10-01T10:00:00.000+0000',
      ...change,
    },
  };
}

function aTask(change: Record<string, unknown> = {}) {
  return {
    active: 'true',
    sys_class_name: 'incident',
    sys_created_on: '2026-10-01 10:00:00',
    'assigned_to.email': 'mary@example.com',
    'opened_by.email': 'sam@example.com',
    'caller_id.email': '',
    ...change,
  };
}

describe.each([
  [
    'Jira',
    jiraTickets,
    (change: object) =>
      server.answer({ '/base/rest/api/2/issue/INC-7': anIssue({ ...change }) }),
    {
      closed: { status: { statusCategory: { key: 'done' } } },
      others: { assignee: null },
      forAlice: { assignee: { emailAddress: 'ALICE@example.com' } },
      task: { issuetype: { name: 'Task' } },
    },
  ],
  [
    'ServiceNow',
    serviceNowTickets,
    (change: object) =>
      server.answer({
        '/base/api/now/table/task': { result: [aTask({ ...change })] },
      }),
    {
      closed: { active: 'false' },
      others: { 'assigned_to.email': '' },
      forAlice: { 'assigned_to.email': 'ALICE@example.com' },
      task: { sys_class_name: 'sc_task' },
    },
  ],
])('tickets of %s', (_name, make, give, changes) => {
  const ask = () => make(target()).validate(question, { signal });

  it('are valid where open and about the requester, with the facts', async () => {
    give({});
    expect(await ask()).toEqual({
      valid: true,
      facts: {
        open: true,
        incident: true,
        people: expect.arrayContaining(['mary@example.com', 'sam@example.com']),
        createdBy: 'sam@example.com',
        createdAt: Date.parse('2026-10-01T10:00:00Z'),
      },
    });
    expect(server.headers[0].authorization).toBe('Bearer lookup-key');
  });

  it('are valid where about the beneficiary', async () => {
    give(changes.forAlice);
    expect(await ask()).toMatchObject({ valid: true });
  });

  it('are refused where closed, or about others', async () => {
    give(changes.closed);
    expect(await ask()).toMatchObject({
      valid: false,
      message: expect.stringContaining('is closed'),
    });
    give(changes.others);
    expect(await ask()).toMatchObject({
      valid: false,
      message: expect.stringContaining('not about you'),
    });
  });

  it('say whether they are an incident', async () => {
    give(changes.task);
    expect(await ask()).toMatchObject({ facts: { incident: false } });
  });

  it('pitfall 33: fail on redirects, other statuses, other shapes and endless answers', async () => {
    const cases: Array<
      (path: string, out: import('http').ServerResponse) => void
    > = [
      (_path, out) =>
        out.writeHead(302, { Location: `${server.url}/elsewhere` }).end(),
      (_path, out) => out.writeHead(500).end('{}'),
      (_path, out) => out.writeHead(200).end('{"result": 7}'),
      (_path, out) => out.writeHead(200).end('no json'),
      (_path, out) => out.writeHead(200).end(`"${'x'.repeat(600_000)}"`),
    ];
    for (const answer of cases) {
      server.answer(answer);
      await expect(ask()).rejects.toThrow();
    }
    expect(server.asked.some(path => path.includes('elsewhere'))).toBe(false);
  });

  it('pitfall 33: fail where the answer takes too long', async () => {
    server.answer(() => {});
    await expect(
      make(target(100)).validate(question, { signal }),
    ).rejects.toThrow(/timeout/i);
  });
});

it('pitfall 33: a ticket stays one segment of the path, and one value of a query', async () => {
  const ticket = '../../../admin?x=1#y';
  server.answer({});
  const jira = await jiraTickets(target()).validate(
    { ...question, ticket },
    { signal },
  );
  expect(jira).toMatchObject({ valid: false });
  expect(server.asked).toEqual([
    expect.stringMatching(
      /^\/base\/rest\/api\/2\/issue\/\.\.\/\.\.\/\.\.\/admin\?x=1#y\?fields=/,
    ),
  ]);
  await expect(
    jiraTickets(target()).validate({ ...question, ticket: '..' }, { signal }),
  ).rejects.toThrow('no name');
  const now = await serviceNowTickets(target()).validate(
    { ...question, ticket: 'INC7^ORactive=true' },
    { signal },
  );
  expect(now).toMatchObject({ valid: false });
  expect(server.asked).toHaveLength(1);
});

describe('on-call schedules', () => {
  it('in our own shape: by time, without overrides', async () => {
    server.answer({
      '/base/schedules/cloud/on-call': {
        onCall: [
          {
            email: 'Mary@example.com',
            from: '2026-10-01T08:00:00Z',
            until: '2026-10-01T20:00:00Z',
          },
          { email: 'over@example.com', until: '2026-10-01T12:00:00Z' },
          { email: 'put@example.com', override: true },
        ],
      },
    });
    expect(await plainSchedule(target(), 'cloud').onCall(NOON, signal)).toEqual(
      ['mary@example.com'],
    );
    expect(server.asked[0]).toContain('at=2026-10-01T12:00:00.000Z');
  });

  it('of PagerDuty: by time, without whom an override put there', async () => {
    const entry = (
      id: string,
      email: string,
      end = '2026-10-01T20:00:00Z',
    ) => ({
      start: '2026-10-01T08:00:00Z',
      end,
      user: { id, email },
    });
    server.answer({
      '/base/oncalls': {
        oncalls: [
          entry('P1', 'mary@example.com'),
          entry('P2', 'put@example.com'),
          entry('P3', 'over@example.com', '2026-10-01T11:00:00Z'),
        ],
      },
      '/base/schedules/S1/overrides': {
        overrides: [entry('P2', 'put@example.com')],
      },
    });
    expect(
      await pagerDutySchedule(target(), 'S1').onCall(NOON, signal),
    ).toEqual(['mary@example.com']);
    expect(server.asked.join()).toContain('schedule_ids[]=S1');
  });

  it('fail where overrides cannot be read: nobody is on call by a guess', async () => {
    server.answer({ '/base/oncalls': { oncalls: [] } });
    await expect(
      pagerDutySchedule(target(), 'S1').onCall(NOON, signal),
    ).rejects.toThrow('status 404');
  });
});
