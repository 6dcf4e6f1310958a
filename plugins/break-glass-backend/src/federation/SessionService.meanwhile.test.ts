import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { Knex } from 'knex';
import { isPostgres } from '../database/dialect';
import { Database, SessionRow, Stores } from '../database/types';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld, HandClock } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
/** Once somebody waits for a lock in this database of PostgreSQL. */
async function waitsForLock(knex: Knex): Promise<boolean> {
  for (let look = 0; look < 10_000; look++) {
    const { rows } = await knex.raw(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) {
      return true;
    }
  }
  return false;
}

const CREDENTIALS = { type: 'credentials' as const };

describeFederation(aWorld => {
  describe('ending while issuing', () => {
    /** Runs something between AssumeRole and the answer of AWS. */
    function meanwhile(world: FederationWorld, work: () => Promise<void>) {
      const { faults } = world.sandbox;
      const strike = faults.strike.bind(faults);
      faults.strike = async (stage, service, action, accountId) => {
        if (action === 'AssumeRole' && stage === 'after') {
          await work();
        }
        return strike(stage, service, action, accountId);
      };
    }

    it('pitfall 10: ended before: nothing is issued', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await world.end(lease);
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'no-active-lease' });
    });

    it.each([CREDENTIALS, { type: 'console' as const }])(
      'pitfall 10: ended between AssumeRole and the answer: thrown away and killed ($type)',
      async request => {
        const world = await aWorld();
        const lease = await world.activeLease();
        const federation = world.federation();
        meanwhile(world, () => world.end(lease));
        await expect(
          federation.sessions.issue(MARY, lease.id, request),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          code: 'ended-while-issuing',
        });
        const [session] = await world.database.sessions.ofLeases([lease.id]);
        expect(session).toMatchObject({
          state: 'discarded',
          errorCode: 'no-active-lease',
          accessKeyId: expect.stringMatching(/^ASIA/),
        });
        expect(await world.killsAsked()).toEqual([lease.id]);
        expect(world.wakes).toBeGreaterThan(0);
        expect(await world.audited()).toContainEqual({
          action: 'session.discarded',
          outcome: 'failed',
          code: 'no-active-lease',
        });

        // The kill that this asked for finds the session, though it was thrown away.
        await federation.kills.kill(lease.id);
        const killed = await world.database.leases.get(lease.id);
        expect(killed?.kill).toBe('probed');
      },
    );

    /** A federation in which something runs while a session is being completed as issued. */
    function completing(world: FederationWorld, work: () => Promise<unknown>) {
      const during = (stores: Stores): Stores => ({
        ...stores,
        sessions: Object.assign(Object.create(stores.sessions), {
          complete: async (id: string, change: Partial<SessionRow>) => {
            if (change.state === 'issued') {
              await work();
            }
            return stores.sessions.complete(id, change);
          },
        }),
      });
      const transaction: Database['transaction'] = run =>
        world.database.transaction(stores => run(during(stores)));
      return world.federation({ database: { ...world.database, transaction } });
    }

    it('pitfall 10: ended while the session is completed: nothing gets out', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      let ending = Promise.resolve();
      const { sessions } = completing(world, async () => {
        ending = world.end(lease);
        // SQLite has one connection: there the end comes after.
        await (isPostgres(world.knex) && ending);
      });
      const outcome = sessions.issue(MARY, lease.id, CREDENTIALS).then(
        () => 'issued',
        error => error.code,
      );
      expect(await outcome).toBe(
        isPostgres(world.knex) ? 'ended-while-issuing' : 'issued',
      );
      await ending;
      const [session] = await world.database.sessions.ofLeases([lease.id]);
      expect(session.state).toBe(
        isPostgres(world.knex) ? 'discarded' : 'issued',
      );
      // Whoever was first: a kill finds the session.
      await world.federation().kills.kill(lease.id);
      expect(await world.killOf(lease)).toBe('probed');
    });

    it('pitfall 10: from the last look to the commit an end waits', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      let ending = Promise.resolve();
      let waited = !isPostgres(world.knex);
      const database: Database = {
        ...world.database,
        transaction: run =>
          world.database.transaction(async stores => {
            const result = await run(stores);
            const [session] = await stores.sessions.ofLeases([lease.id]);
            if (session?.state === 'issued') {
              ending = world.end(lease);
              waited ||= await Promise.race([
                ending.then(() => false),
                waitsForLock(world.knex),
              ]);
            }
            return result;
          }),
      };
      await world
        .federation({ database })
        .sessions.issue(MARY, lease.id, CREDENTIALS);
      await ending;
      expect(waited).toBe(true);
      expect((await world.database.leases.get(lease.id))?.status).toBe('ended');
    });

    it('pitfall 10: expired between AssumeRole and the answer: thrown away', async () => {
      const world = await aWorld();
      const lease = await world.activeLease({ minutes: 1 });
      meanwhile(world, async () => world.clock.pass(1));
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'ended-while-issuing' });
    });
  });

  describe('clocks and the audit log', () => {
    it('pitfall 40: issues nothing while the database’s clock differs', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { leases } = world.database;
      const database = {
        ...world.database,
        leases: Object.assign(Object.create(leases), {
          withDecisions: async (id: string) => ({
            ...(await leases.withDecisions(id)),
            databaseNow: world.clock.now() + 30_001,
          }),
        }),
      };
      await expect(
        world
          .federation({ database })
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'clock-skew',
        message: expect.stringContaining('the database'),
      });
    });

    /** A database with some clock, and a catalog that answers a minute after it. */
    function lateCatalog(world: FederationWorld, skewMs: number) {
      let tellRead = () => {};
      const read = new Promise<void>(resolve => {
        tellRead = resolve;
      });
      const { leases } = world.database;
      const database: Database = {
        ...world.database,
        leases: Object.assign(Object.create(leases), {
          withDecisions: async (id: string) => {
            const found = await leases.withDecisions(id);
            setImmediate(tellRead);
            return (
              found && { ...found, databaseNow: world.clock.now() + skewMs }
            );
          },
        }),
      };
      const { people } = world.dependencies();
      const find = async (ref: string) => {
        await read;
        world.clock.pass(1);
        return people.find(ref);
      };
      return { database, people: { ...people, find } };
    }

    it('pitfall 40: takes the time that the catalog needs for no difference of clocks', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const issued = await world
        .federation(lateCatalog(world, 0))
        .sessions.issue(MARY, lease.id, CREDENTIALS);
      expect(issued.session.state).toBe('issued');
    });

    it('pitfall 40: sees clocks that differ, however long the catalog needs', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await expect(
        world
          .federation(lateCatalog(world, 60_000))
          .sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'clock-skew' });
    });

    it.each([
      ['a minute', 1, 'discarded'],
      ['an hour', 60, 'discarded'],
    ])(
      'pitfall 40: hands nothing out while the clock of STS is %s ahead',
      async (_by, minutes, state) => {
        const sandboxClock = new HandClock();
        const world = await aWorld({ sandboxClock });
        sandboxClock.pass(minutes);
        const lease = await world.activeLease();
        await expect(
          world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
        ).rejects.toMatchObject({
          code: 'clock-skew',
          message: expect.stringContaining('AWS STS'),
        });
        const [session] = await world.database.sessions.ofLeases([lease.id]);
        expect(session).toMatchObject({ state, errorCode: 'clock-skew' });
      },
    );

    it('pitfall 39: issues nothing on a database that is older than its anchor', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      await appendFile(
        path.join(world.directory, 'anchor.jsonl'),
        `${JSON.stringify({
          seq: 99,
          hash: 'b'.repeat(64),
          at: '2026-10-01T11:00:00.000Z',
        })}\n`,
      );
      await expect(
        world.federation().sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'audit-restored' });
      expect(await world.database.sessions.ofLeases([lease.id])).toEqual([]);
    });
  });
});
