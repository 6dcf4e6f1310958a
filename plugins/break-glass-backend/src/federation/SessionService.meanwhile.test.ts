import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld, HandClock } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
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
      const database = {
        ...world.database,
        now: async () => world.clock.now() + 30_001,
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
