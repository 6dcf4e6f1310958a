import { CreatePolicyVersionCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { BrokerProblem } from 'backstage-plugin-break-glass-common';
import { demoWorld, PolicyJson, RoleSeed, WorldSeed } from 'aws-sandbox';
import { Database } from '../database/types';
import { asSession } from './aws/testing/asSession';
import { boundaryDocument } from './boundaryDocument';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';
import { manyAccounts } from './testing/manyAccounts';

jest.setTimeout(120_000);

const OSCAR = { ref: 'user:default/oscar' };
const PAYMENTS = '222233334444';
const BROKER = 'arn:aws:iam::555566667777:user/break-glass-broker';
const IAM = `arn:aws:iam::${PAYMENTS}`;

/** The demo's world, in which one role of Payments is another. */
function seedWith(
  path: string,
  change: (role: RoleSeed) => Partial<RoleSeed>,
): WorldSeed {
  const seed = demoWorld();
  const account = seed.accounts.find(({ id }) => id === PAYMENTS)!;
  account.roles = account.roles!.map(role =>
    role.path === `/break-glass/${path}` ? { ...role, ...change(role) } : role,
  );
  return seed;
}

/** A trust policy without some of its actions. */
function without({ trust }: RoleSeed, ...actions: string[]) {
  const text = JSON.stringify(trust);
  const left: PolicyJson = JSON.parse(text);
  return {
    trust: {
      ...left,
      Statement: left.Statement.map(statement => ({
        ...statement,
        Action: [statement.Action]
          .flat()
          .filter(action => !actions.includes(action as string)),
      })).filter(({ Action }) => Action.length > 0),
    } as PolicyJson,
  };
}

describeFederation(aWorld => {
  function responder(world: FederationWorld) {
    world.config.responders = {
      groups: [],
      users: [OSCAR.ref],
      accountOwner: false,
    };
    world.people.set(OSCAR.ref, {
      ref: OSCAR.ref,
      displayName: 'Oscar',
      key: OSCAR.ref,
      groups: new Set(),
    });
  }

  /** Starts a check and waits for its end. */
  async function checked(world: FederationWorld) {
    responder(world);
    const { brokerChecks, brokerCheckQueries } = world.federation();
    await brokerCheckQueries.start(OSCAR);
    await brokerChecks.resume();
    return brokerCheckQueries.newest(OSCAR, { limit: 100 });
  }

  /** What is found in Payments, where a role there is another. */
  async function problemsWith(
    path: string,
    change: (role: RoleSeed) => Partial<RoleSeed>,
  ): Promise<BrokerProblem[]> {
    const world = await aWorld({ seed: seedWith(path, change) });
    const { items } = await checked(world);
    return items.flatMap(({ accountId, problems }) =>
      accountId === PAYMENTS ? problems : [],
    );
  }

  const json = (problem: BrokerProblem, index = 0) =>
    JSON.parse(problem.fixes[index].json);

  it('finds nothing wrong in a world that is as documented, partitions and external ids included', async () => {
    const world = await aWorld();
    const { check, items } = await checked(world);
    expect(check).toMatchObject({
      state: 'finished',
      total: 4,
      done: 4,
      problems: 0,
      startedBy: { ref: OSCAR.ref },
    });
    expect(items.map(({ problems }) => problems)).toEqual([[], [], [], []]);
    expect(items[0].roles).toBe(2);
  });

  it('gives the statements to paste where a role does not trust the broker', async () => {
    const problems = await problemsWith('BreakGlassAdmin', role => ({
      trust: JSON.parse(
        JSON.stringify(role.trust).split(BROKER).join(`${IAM}:root`),
      ),
    }));
    expect(problems).toEqual([
      expect.objectContaining({
        what: 'assume',
        roleArn: `${IAM}:role/break-glass/BreakGlassAdmin`,
      }),
    ]);
    expect(json(problems[0])).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: BROKER },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'bg-payments' } },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: BROKER },
        Action: ['sts:SetSourceIdentity', 'sts:TagSession'],
      },
    ]);
    expect(json(problems[0], 1)).toEqual({
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Resource: `${IAM}:role/break-glass/BreakGlassAdmin`,
    });
  });

  it('the fix works: pasted into the trust policy, the next check finds nothing', async () => {
    const [{ fixes }] = await problemsWith('Operator', role =>
      without(role, 'sts:AssumeRole', 'sts:TagSession'),
    );
    const statements = JSON.parse(fixes[0].json);
    expect(
      await problemsWith('Operator', () => ({
        trust: { Version: '2012-10-17', Statement: statements },
      })),
    ).toEqual([]);
  });

  it.each<[BrokerProblem['what'], string]>([
    ['source-identity', 'sts:SetSourceIdentity'],
    ['tags', 'sts:TagSession'],
  ])('says which part is missing: %s', async (what, action) => {
    const problems = await problemsWith('BreakGlassAdmin', role =>
      without(role, action),
    );
    expect(problems.map(problem => problem.what)).toEqual([what]);
    expect(problems[0].fixes[0].json).toContain(action);
  });

  it('says that the external id is another', async () => {
    const problems = await problemsWith('BreakGlassAdmin', role => ({
      trust: JSON.parse(
        JSON.stringify(role.trust).replace('bg-payments', 'bg-other'),
      ),
    }));
    expect(problems).toMatchObject([{ what: 'assume' }]);
    expect(problems[0].words).toContain('external id');
  });

  it('says where kills would not work: the killer is not trusted', async () => {
    const problems = await problemsWith('BreakGlassKiller', role =>
      without(role, 'sts:AssumeRole'),
    );
    expect(problems).toMatchObject([
      {
        what: 'killer',
        roleArn: `${IAM}:role/break-glass/BreakGlassKiller`,
        words: expect.stringContaining('cannot be killed'),
      },
    ]);
    expect(problems[0].fixes[0].json).not.toContain('sts:TagSession');
  });

  it('says where kills would not work: the killer may not read the boundary', async () => {
    const problems = await problemsWith('BreakGlassKiller', () => ({
      inline: {},
    }));
    expect(problems).toMatchObject([{ what: 'boundary' }]);
    expect(json(problems[0])).toMatchObject({
      Action: expect.arrayContaining(['iam:CreatePolicyVersion']),
      Resource: `${IAM}:policy/break-glass/BreakGlassBoundary`,
    });
  });

  it('says where kills would not work: no role carries the boundary', async () => {
    const seed = demoWorld();
    const account = seed.accounts.find(({ id }) => id === PAYMENTS)!;
    account.roles!.forEach(role => delete role.boundary);
    const { items } = await checked(await aWorld({ seed }));
    expect(items[0]).toMatchObject({
      accountId: PAYMENTS,
      problems: [{ what: 'boundary', words: /no role carries/i }].map(it => ({
        ...it,
        words: expect.stringMatching(it.words),
      })),
    });
  });

  it('says where kills would not work: there is no boundary policy', async () => {
    const seed = demoWorld();
    const account = seed.accounts.find(({ id }) => id === PAYMENTS)!;
    account.roles!.forEach(role => delete role.boundary);
    account.policies = account.policies!.filter(
      ({ path }) => !path.endsWith('Boundary'),
    );
    const { items } = await checked(await aWorld({ seed }));
    expect(items[0].problems).toMatchObject([{ what: 'boundary' }]);
    expect(json(items[0].problems[0])).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
  });

  it('leaves the rest of an account out where AWS does not answer, and says so', async () => {
    const world = await aWorld();
    world.sandbox.faults.inject({
      service: 'sts',
      action: 'AssumeRole',
      effect: 'error',
    });
    const { check, items } = await checked(world);
    expect(check).toMatchObject({ state: 'finished', problems: 4 });
    expect(items.map(({ problems }) => problems)).toEqual(
      items.map(() => [expect.objectContaining({ what: 'unanswered' })]),
    );
  });

  it('I10: hands nothing out: its sessions can do nothing, live shortest and are on record by key', async () => {
    const world = await aWorld();
    const { check } = await checked(world);
    const entries = await world.database.audit.list(
      { action: 'broker-check.account' },
      { limit: 100 },
    );
    const keysOf = (of: typeof entries) =>
      of.flatMap(({ details }) => details.accessKeyIds as string[]);
    const keys = keysOf(entries);
    const ofGovCloud = new Set(
      keysOf(
        entries.filter(({ accountRef }) => accountRef?.endsWith('gov-payroll')),
      ),
    );
    // Two roles and the killer, in four accounts.
    expect(keys).toHaveLength(12);
    for (const key of keys) {
      const session = world.sandbox.world.credential(key) as any;
      expect(session).toMatchObject({
        name: `broker=check@${check!.id}`,
        expiresAt: world.clock.now() + 900_000,
      });
      if (ofGovCloud.has(key)) {
        // The clients below speak to the commercial partition.
        continue;
      }
      const { s3, iam } = asSession(world, session);
      const calls = await Promise.allSettled([
        s3.send(new ListBucketsCommand({})),
        iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn:
              'arn:aws:iam::111122223333:policy/break-glass/BreakGlassBoundary',
            PolicyDocument: boundaryDocument([]),
          }),
        ),
      ]);
      expect(
        calls.map(call => (call as PromiseRejectedResult).reason.name),
      ).toEqual(['AccessDenied', 'AccessDenied']);
    }
    const everything = JSON.stringify([
      await world.knex('broker_checks'),
      await world.knex('broker_check_results'),
      await world.knex('broker_check_keys'),
      entries,
      world.logger.warn.mock.calls,
    ]);
    expect(everything).not.toMatch(/secretAccessKey|sessionToken/i);
  });

  it('is for responders and auditors only, and refused attempts are on record', async () => {
    const world = await aWorld();
    responder(world);
    const { brokerCheckQueries } = world.federation();
    const mary = { ref: 'user:default/mary' };
    await expect(brokerCheckQueries.start(mary)).rejects.toMatchObject({
      code: 'not-responder',
    });
    await expect(
      brokerCheckQueries.newest(mary, { limit: 1 }),
    ).rejects.toMatchObject({ code: 'not-responder' });
    expect(await world.audited()).toContainEqual({
      action: 'broker-check.start',
      outcome: 'refused',
      code: 'not-responder',
    });
  });

  it('runs one at a time over all replicas, and not twice within a minute', async () => {
    const world = await aWorld();
    responder(world);
    const [first, second] = [world.federation(), world.federation()];
    const starts = await Promise.allSettled([
      first.brokerChecks.start(OSCAR.ref),
      second.brokerChecks.start(OSCAR.ref),
    ]);
    expect(starts.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    await Promise.all([
      first.brokerChecks.resume(),
      second.brokerChecks.resume(),
    ]);
    await expect(first.brokerChecks.start(OSCAR.ref)).rejects.toMatchObject({
      code: 'rate-limited',
    });
    world.clock.pass(1);
    await first.brokerChecks.start(OSCAR.ref);
    await first.brokerChecks.resume();
    expect(await world.knex('broker_check_results')).toHaveLength(8);
  });

  it('pitfall 26: where a process dies, another one goes on, and looks at no account twice', async () => {
    const world = await aWorld();
    responder(world);
    // The start, and two accounts.
    let transactions = 3;
    const dying: Database = {
      ...world.database,
      transaction: async work => {
        transactions -= 1;
        if (transactions < 0) {
          throw new Error('killed');
        }
        return world.database.transaction(work);
      },
    };
    const first = world.federation({ database: dying });
    await first.brokerChecks.start(OSCAR.ref);
    await first.brokerChecks.resume();
    const half = await world.knex('broker_check_results');
    expect(half).toHaveLength(2);

    const second = world.federation();
    await second.brokerChecks.resume();
    expect(await world.database.brokerChecks.latest()).toMatchObject({
      state: 'running',
    });
    world.clock.pass(6);
    await second.brokerChecks.resume();
    expect(await world.database.brokerChecks.latest()).toMatchObject({
      state: 'finished',
      total: 4,
      done: 4,
    });
  });

  it('fails with the cause where the catalog cannot be read', async () => {
    const world = await aWorld();
    responder(world);
    const { brokerChecks, brokerCheckQueries } = world.federation({
      directory: {
        resolve: async () => undefined,
        list: async () => {
          throw new Error('The catalog is down.');
        },
      },
    });
    await brokerChecks.start(OSCAR.ref);
    await brokerChecks.resume();
    expect(await brokerCheckQueries.state()).toMatchObject({
      ok: false,
      words: expect.stringContaining('The catalog is down.'),
    });
  });

  it('is an entry of health: none yet, all well, or how many have a problem', async () => {
    const world = await aWorld({
      seed: seedWith('Operator', role => without(role, 'sts:TagSession')),
    });
    const { brokerCheckQueries } = world.federation();
    expect(await brokerCheckQueries.state()).toMatchObject({
      ok: true,
      words: expect.stringContaining('No check'),
    });
    await checked(world);
    expect(await brokerCheckQueries.state()).toMatchObject({
      ok: false,
      words: expect.stringContaining('in 1 of 4 accounts'),
    });
  });

  it('pitfall 23: pages what it found by key, problems first', async () => {
    const world = await aWorld({
      seed: seedWith('Operator', role => without(role, 'sts:TagSession')),
    });
    await checked(world);
    const { brokerCheckQueries } = world.federation();
    const refs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await brokerCheckQueries.newest(OSCAR, { limit: 1, cursor });
      refs.push(...page.items.map(({ ref }) => ref));
      cursor = page.nextCursor;
    } while (cursor);
    expect(refs).toEqual([
      'resource:default/payments',
      'resource:default/developer-portal',
      'resource:default/gov-payroll',
      'resource:default/payroll',
    ]);
    const only = await brokerCheckQueries.newest(OSCAR, {
      limit: 10,
      problems: 'true',
    });
    expect(only.items.map(({ ref }) => ref)).toEqual([refs[0]]);
    await expect(
      brokerCheckQueries.newest(OSCAR, { limit: 1, cursor: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('looks at 500 accounts, ten at a time', async () => {
    const { seed, accounts } = manyAccounts(500);
    const world = await aWorld({ seed });
    world.accounts.clear();
    accounts.forEach(account => world.accounts.set(account.ref, account));
    const { faults } = world.sandbox;
    const strike = faults.strike.bind(faults);
    world.sandbox.faults.inject({
      service: 'sts',
      effect: 'slow',
      delayMs: 20,
    });
    let inFlight = 0;
    let most = 0;
    faults.strike = async (stage, ...rest) => {
      inFlight += stage === 'before' ? 1 : -1;
      most = Math.max(most, inFlight);
      return strike(stage, ...rest);
    };
    const started = performance.now();
    const { check } = await checked(world);
    const seconds = (performance.now() - started) / 1_000;
    // eslint-disable-next-line no-console
    console.log(`500 accounts checked in ${seconds.toFixed(1)} s`);
    expect(check).toMatchObject({ state: 'finished', done: 500, problems: 0 });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(10);
  }, 600_000);
});
