import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  BreakGlassClient,
  errorCodeOf,
  RouteInput,
  RouteName,
  routes,
} from 'backstage-plugin-break-glass-common';
import { mkdtempSync, rmSync } from 'fs';
import { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { createDatabase, migrate } from '../database';
import { FakeClock } from '../testing/FakeClock';
import {
  LeasesOfEveryKind,
  makeLeasesOfEveryKind,
  peopleOfSeveralGroups,
} from '../testing/leasesOfEveryKind';
import { permissionFramework } from '../testing/permissionFramework';
import { PERMISSION_MODES } from '../testing/permissionModes';
import { RouteStance, routeStances } from '../testing/routeStances';
import {
  startTestPortal,
  TestPortal,
  tokenOf,
} from '../testing/startTestPortal';

jest.setTimeout(120_000);

const ROUTES = Object.keys(routes) as RouteName[];
const POSTS = ROUTES.filter(name => routes[name].method === 'post');
const READS = ROUTES.filter(name => routeStances[name]?.lease === 'read');
const CHANGES = ROUTES.filter(name => routeStances[name]?.lease === 'change');
/** A beneficiary, an owner, a requester, an approver, a reviewer, an auditor and a stranger. */
const PEOPLE = ['alice', 'peter', 'mary', 'daniel', 'rita', 'ada', 'frank'];
/** What routes change; the audit log apart, which tells of refusals, too. */
const TABLES = [
  ...['leases', 'decisions', 'sessions', 'reviews', 'follow_ups', 'panics'],
  ...[
    'extensions',
    'extension_decisions',
    'unbrokered_uses',
    'unbrokered_reviews',
  ],
];

type Call = { [N in RouteName]: [N, RouteInput<N>] }[RouteName];

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

// SQLite alone: what a policy's conditions ask of PostgreSQL is in permissions/leaseRules.test.ts.
describe.each(PERMISSION_MODES)('with %s', (_name, mode) => {
  const clock = new FakeClock();
  const folder = mkdtempSync(join(tmpdir(), 'break-glass-modes-'));
  let knex: Knex;
  let portal: TestPortal;
  let all: LeasesOfEveryKind;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const entities = peopleOfSeveralGroups();
    all = await makeLeasesOfEveryKind({
      database: createDatabase(knex, () => clock.now()),
      clock,
      entities,
      folder,
    });
    portal = await startTestPortal({
      knex,
      clock,
      entities,
      ...permissionFramework(mode.policy, entities),
    });
  });
  afterAll(async () => {
    await portal.stop();
    await knex.destroy();
    rmSync(folder, { recursive: true });
  });

  /** The code with which a call is refused; undefined where it is answered. */
  async function refusal(person: string, ...[name, input]: Call) {
    const client = new BreakGlassClient({
      baseUrl: async () => portal.url,
      fetch: (url, init) =>
        fetch(url, {
          ...init,
          headers: {
            ...init?.headers,
            Authorization: `Bearer ${tokenOf(person)}`,
          },
        }),
    });
    try {
      await (await client.fetchRoute(name, input)).text();
      return undefined;
    } catch (error) {
      return errorCodeOf(error) ?? String(error);
    }
  }

  /** A call of a route by the person whom its stance names, on an account. */
  const callOf = (name: RouteName, on: 'shown' | 'withheld' = 'shown') =>
    [name, (routeStances[name] as RouteStance).input(all[on], all)] as Call;

  const readOf = (name: RouteName, id: string) => {
    const of = { ...all.shown, active: id, ended: id };
    return [name, (routeStances[name] as RouteStance).input(of, all)] as Call;
  };

  async function state() {
    const rows = await Promise.all(
      TABLES.map(async table => [table, await knex(table).orderBy('id')]),
    );
    return Object.fromEntries(rows);
  }

  const audited = async (action: string, code: string) =>
    (await knex('audit_log').where({ action, code })).length;

  /** What a rule refuses, and a policy that denies everything before the rule is asked. */
  const codeOf = (name: RouteName, byRule: string) =>
    (mode.deniesAll && routeStances[name].denied) || byRule;

  const leaseOf = async (id: string) => {
    const row = (await knex('leases').where({ id }).first())!;
    return {
      params: { id },
      term: { durationMinutes: row.duration_minutes as number },
      scopeHash: row.scope_hash as string,
    };
  };
  const decision = async (id: string, change: object = {}) => {
    const { params, ...onPage } = await leaseOf(id);
    const body = { verdict: 'approve' as const, ...onPage, ...change };
    return ['decideLease', { params, body }] as Call;
  };
  const session = (id: string): Call => [
    'createSession',
    { params: { id }, body: { type: 'credentials' } },
  ];
  const verdict = (id: string): Call => [
    'reviewLease',
    {
      params: { id },
      body: {
        verdict: 'accepted',
        comment: 'As asked for',
        checklist: {
          ended: true,
          matchesReason: true,
          rotated: true,
          lessons: true,
        },
        followUps: [],
        evidenceHash: 'a'.repeat(64),
      },
    },
  ];

  type Attempt = [string, string, () => Call | Promise<Call>, string];
  const ATTEMPTS: Attempt[] = [
    [
      'I1: nobody approves what they asked for',
      'mary',
      () => decision(all.shown.pending),
      'self-approval',
    ],
    [
      'I1: nobody approves what was asked for them',
      'priya',
      () => decision(all.forPriya),
      'beneficiary-approval',
    ],
    [
      'I1: one person counts once over all steps',
      'peter',
      () => decision(all.secondStep, { step: 'admin' }),
      'already-decided',
    ],
    [
      'I1: who is not asked decides nothing',
      'rita',
      () => decision(all.shown.pending),
      'not-approver',
    ],
    [
      'I2: a decision on another scope is none',
      'daniel',
      () => decision(all.shown.pending, { scopeHash: 'b'.repeat(64) }),
      'stale-scope',
    ],
    [
      'I2: a decision on another term is none',
      'daniel',
      () => decision(all.shown.pending, { term: { durationMinutes: 15 } }),
      'stale-scope',
    ],
    [
      'I3: credentials are for the requester alone, not for an approver',
      'daniel',
      () => session(all.shown.active),
      'not-requester',
    ],
    [
      'I3: nor for the beneficiary',
      'alice',
      () => session(all.shown.active),
      'not-requester',
    ],
    [
      'I3: nothing is issued before the approval',
      'mary',
      () => session(all.shown.pending),
      'no-active-lease',
    ],
    [
      'I3: nothing is issued after the end that the clock brought',
      'mary',
      () => session(all.overByClock),
      'no-active-lease',
    ],
    [
      'I3: nothing is issued after an end that was recorded',
      'mary',
      () => session(all.shown.ended),
      'no-active-lease',
    ],
    [
      'I4: nobody else ends a lease',
      'daniel',
      () => ['endLease', { params: { id: all.shown.active }, body: {} }],
      'not-requester',
    ],
    [
      'I4: a stranger revokes nothing',
      'frank',
      () => ['revokeLease', { params: { id: all.shown.active }, body: {} }],
      'not-responder',
    ],
    [
      'I6: who is no auditor does not read the audit log',
      'mary',
      () => ['listAudit', { query: {} }],
      'not-auditor',
    ],
    [
      'I6: nor exports it',
      'oscar',
      () => ['exportAudit', { query: {} }],
      'not-auditor',
    ],
    [
      'I6: who neither responds nor audits does not see how the portal is',
      'mary',
      () => ['health', {}],
      'not-responder',
    ],
    [
      'I8: nobody reviews their own lease',
      'oscar',
      () => verdict(all.oscarsOwn),
      'self-review',
    ],
    [
      'I8: nor one that they approved',
      'oscar',
      () => verdict(all.approvedByOscar),
      'approver-review',
    ],
    [
      'I8: nor does who is no reviewer',
      'daniel',
      () => verdict(all.shown.ended),
      'not-reviewer',
    ],
    [
      'I12: who is not eligible asks for nothing',
      'alice',
      () => ['requestLease', callOf('requestLease')[1] as never],
      'not-eligible',
    ],
    [
      'who is no responder stops nothing',
      'mary',
      () => callOf('raisePanic'),
      'not-responder',
    ],
  ];

  it.each(ATTEMPTS)('%s', async (_attempt, person, call, byRule) => {
    const [name, input] = await call();
    const code = codeOf(name, byRule);
    const before = await state();
    const witnesses = await knex('audit_log')
      .where({ actor: `user:default/${person}`, outcome: 'refused', code })
      .count({ entries: '*' });

    // The demo's policy keeps from starting panics whom the rules keep from it, too.
    const expected =
      name === 'raisePanic' && mode.withholds ? 'not-permitted' : code;
    expect(await refusal(person, ...([name, input] as Call))).toBe(expected);

    expect(await state()).toEqual(before);
    const now = await knex('audit_log')
      .where({
        actor: `user:default/${person}`,
        outcome: 'refused',
        code: expected,
      })
      .count({ entries: '*' });
    expect(Number(now[0].entries)).toBeGreaterThan(
      expected === code ? Number(witnesses[0].entries) : 0,
    );
  });

  it('a stranger reads nothing of a lease', async () => {
    for (const name of READS) {
      const refused = await refusal('frank', ...callOf(name));
      expect({ name, refused }).toEqual({ name, refused: 'lease-unknown' });
    }
  });

  it.each(POSTS)(
    'I12: no service and no plugin with a person’s token does %s',
    async name => {
      const { as } = routeStances[name];
      const before = await state();
      const post = async (token: string) => {
        const response = await portal.fetch(
          pathOf(name, all),
          { method: 'POST', body: '{}' },
          token,
        );
        return (await response.json()).error.code;
      };
      expect(await post(mockCredentials.service.token())).toBe('not-a-person');
      const onBehalf = mockCredentials.user.token(`user:default/${as}`, {
        actor: { subject: 'plugin:other' },
      });
      // A preview changes nothing, and what it says is nothing but the person's own.
      expect(await post(onBehalf)).toBe(
        name === 'previewLease' ? 'invalid-input' : 'on-behalf-of-token',
      );
      expect(await state()).toEqual(before);
    },
  );

  it.each(POSTS)('I12: neither a GET nor a cookie does %s', async name => {
    const before = await state();
    const token = tokenOf(routeStances[name].as);
    await portal.fetch(pathOf(name, all), { method: 'GET' }, token);
    const byCookie = await portal.fetch(
      pathOf(name, all),
      {
        method: 'POST',
        headers: {
          Cookie: mockCredentials.limitedUser.cookie(
            `user:default/${routeStances[name].as}`,
          ),
        },
        body: JSON.stringify((callOf(name)[1] as { body?: object }).body ?? {}),
      },
      mockCredentials.none.header().replace('Bearer ', ''),
    );
    expect(byCookie.status).toBe(401);
    expect(await state()).toEqual(before);
  });

  const idsOf = async (
    person: string,
    view: 'all' | 'mine' | 'approvals' | 'reviews',
  ) => {
    const query = { view, limit: 100 };
    const { items } = await portal.as(person, 'listLeases', { query });
    return items.map(({ id }) => id);
  };

  it('has a stance on every route of the contract', () => {
    expect(Object.keys(routeStances).sort()).toEqual([...ROUTES].sort());
  });

  if (mode.deniesAll) {
    it.each(ROUTES.filter(name => routeStances[name]?.denied))(
      'I12: refuses %s, and audits it',
      async name => {
        const { as, denied } = routeStances[name];
        const before = await state();
        const entries = await audited(name, 'not-permitted');

        expect(await refusal(as, ...callOf(name))).toBe(denied);

        expect(await audited(name, 'not-permitted')).toBe(entries + 1);
        expect(await state()).toEqual(before);
      },
    );

    it('I12: lists nothing of leases, and accepts none in a bulk', async () => {
      for (const person of PEOPLE) {
        expect(await idsOf(person, 'all')).toEqual([]);
        const { items } = await portal.as(person, 'listFollowUps', {
          query: { view: 'all' },
        });
        expect(items).toEqual([]);
      }
      const { items } = await portal.as(
        'rita',
        'reviewInBulk',
        callOf('reviewInBulk')[1] as RouteInput<'reviewInBulk'>,
      );
      expect(items.map(({ accepted, code }) => [accepted, code])).toEqual([
        [false, 'not-permitted'],
      ]);
    });

    it('I4: records what the clock has ended, and is well for whoever runs it', async () => {
      await portal.runTask('break-glass-record-due');
      const { status } = await knex('leases')
        .where({ id: all.overByClock })
        .first();
      expect(status).toBe('expired');
      const document = await fetch(`${portal.url}/openapi.json`, {
        headers: { Authorization: `Bearer ${tokenOf('frank')}` },
      });
      const readiness = await fetch(
        new URL('/.backstage/health/v1/readiness', portal.url),
      );
      expect([document.status, readiness.status]).toEqual([200, 200]);
    });
  }

  if (mode.withholds) {
    it.each(READS)('I12: %s shows only what the policy lets it', async name => {
      const { as } = routeStances[name];
      expect(await refusal(as, ...callOf(name, 'shown'))).toBeUndefined();
      expect(await refusal(as, ...callOf(name, 'withheld'))).toBe(
        'lease-unknown',
      );
    });

    it.each(CHANGES)(
      'I12: %s changes nothing of what the policy withholds',
      async name => {
        const { as } = routeStances[name];
        const before = await state();
        expect(await refusal(as, ...callOf(name, 'withheld'))).toBe(
          'not-permitted',
        );
        expect(await state()).toEqual(before);
      },
    );

    it('I12: a follow-up of a lease that the policy withholds is neither listed nor done', async () => {
      const { items } = await portal.as('mary', 'listFollowUps', { query: {} });
      expect(items.map(({ id }) => id)).toEqual([all.shown.followUpId]);
      expect(
        await refusal('mary', ...callOf('finishFollowUp', 'withheld')),
      ).toBe('follow-up-unknown');
    });
  }

  it('I12: whatever a list leaves out is not there singly, and the other way round', async () => {
    const { shown, withheld, forPriya, secondStep, oscarsOwn } = all;
    const ids = [shown, withheld]
      .flatMap(({ pending, active, ended }) => [pending, active, ended])
      .concat(forPriya, secondStep, oscarsOwn);
    for (const person of PEOPLE) {
      const listed = await idsOf(person, 'all');
      for (const view of ['mine', 'approvals', 'reviews'] as const) {
        expect(listed).toEqual(
          expect.arrayContaining(await idsOf(person, view)),
        );
      }
      const disagreeing = await Promise.all(
        ids.flatMap(id =>
          READS.map(async name => {
            const refused = await refusal(person, ...readOf(name, id));
            const hidden = refused === 'lease-unknown';
            const inList = listed.includes(id);
            // What was done may be kept from who sees the lease; not the other way round.
            const agrees =
              name === 'getLease' ? hidden !== inList : hidden || inList;
            return agrees ? [] : [{ person, id, name, refused }];
          }),
        ),
      );
      expect(disagreeing.flat()).toEqual([]);
    }
  });

  it('counts for each what their lists hold', async () => {
    for (const person of PEOPLE) {
      const { open } = await portal.as(person, 'me', {});
      const { items } = await portal.as(person, 'listFollowUps', { query: {} });
      const mine = await portal.as(person, 'listLeases', {
        query: {
          view: 'mine',
          status: ['pending', 'scheduled', 'active'] as never,
        },
      });
      expect({ person, ...open }).toMatchObject({
        person,
        mine: mine.items.length,
        approvals: (await idsOf(person, 'approvals')).length,
        reviews: (await idsOf(person, 'reviews')).length,
        followUps: items.filter(({ done }) => !done).length,
      });
    }
  });

  // From here on, what the rules allow is done: last, because it changes what the others look at.

  it('I10: secrets are sent with no-store, and refusals, too', async () => {
    const [, input] = session(all.shown.active) as [
      'createSession',
      RouteInput<'createSession'>,
    ];
    const response = await portal.fetch(
      `/v1/leases/${all.shown.active}/sessions`,
      { method: 'POST', body: JSON.stringify(input.body) },
      tokenOf('mary'),
    );
    expect(response.status).toBe(mode.deniesAll ? 403 : 201);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const text = await response.text();
    expect(text.includes('secretAccessKey')).toBe(!mode.deniesAll);
  });

  it('I4: the requester ends a lease, takes a request back, and may repeat it', async () => {
    const end: Call = ['endLease', { params: { id: all.toEnd }, body: {} }];
    expect(await refusal('mary', ...end)).toBeUndefined();
    expect(await refusal('mary', ...end)).toBeUndefined();
    expect(
      await refusal('mary', 'cancelLease', {
        params: { id: all.toCancel },
        body: {},
      }),
    ).toBeUndefined();
    const rows = await knex('leases').whereIn('id', [all.toEnd, all.toCancel]);
    expect(rows.map(({ status }) => status).sort()).toEqual([
      'cancelled',
      'ended',
    ]);
  });

  it('does what rules and policy allow', async () => {
    const allowed: Array<[string, Call]> = [
      ['daniel', await decision(all.shown.pending)],
      ['daniel', await decision(all.secondStep)],
      [
        'nadia',
        ['revokeLease', { params: { id: all.toRevoke }, body: {} }] as Call,
      ],
      ['ada', callOf('listAudit')],
      ['ada', callOf('exportAudit')],
      ['ada', callOf('health')],
      ['bob', callOf('createStandingSession')],
      ['mary', callOf('finishFollowUp')],
    ];
    for (const [person, [name, input]] of allowed) {
      const refused = await refusal(person, ...([name, input] as Call));
      const expected = mode.deniesAll ? routeStances[name].denied : undefined;
      expect({ person, name, refused }).toEqual({
        person,
        name,
        refused: expected,
      });
    }
  });

  if (!mode.deniesAll) {
    it('I4: a responder stops issuing, and lifting takes a second one', async () => {
      expect(await refusal('nadia', ...callOf('raisePanic'))).toBeUndefined();
      const [panic] = await knex('panics');
      const lift: Call = [
        'liftPanic',
        { params: { id: panic.id }, body: { reason: 'It was found' } },
      ];
      expect(await refusal('mary', ...lift)).toBe(
        mode.withholds ? 'not-permitted' : 'not-responder',
      );
      expect(await refusal('nadia', ...lift)).toBeUndefined();
      expect(await refusal('nadia', ...lift)).toBe('second-responder-needed');
      expect(await refusal('oscar', ...lift)).toBeUndefined();
      expect((await knex('panics').first()).lifted_by).toBe(
        'user:default/oscar',
      );
    });
  }

  function pathOf(name: RouteName, of: LeasesOfEveryKind): string {
    const input = (routeStances[name] as RouteStance).input(of.shown, of);
    const params = (input as { params?: Record<string, string> }).params ?? {};
    return routes[name].path.replace(/:([a-zA-Z]+)/g, (_, key) => params[key]);
  }
});
