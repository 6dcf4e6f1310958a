import { Database, Stores } from '../database/types';
import { anId } from '../testing/rows';
import { describeFederation } from './testing/describeFederation';
import { FederationWorld } from './testing/FederationWorld';

const MARY = { ref: 'user:default/mary' };
const ALICE = { ref: 'user:default/alice' };
const CREDENTIALS = { type: 'credentials' as const };

describeFederation(aWorld => {
  describe('a panic while credentials are issued', () => {
    /** A federation in which responders stop everybody at the moment when the head of the audit log is taken for that entry. */
    function stoppedAt(world: FederationWorld, action: string) {
      const during = (stores: Stores): Stores => ({
        ...stores,
        audit: Object.assign(Object.create(stores.audit), {
          append: async (...args: Parameters<Stores['audit']['append']>) => {
            if (args[0].action === action) {
              await stores.panics.insert({
                id: anId(),
                kind: 'all',
                targetKey: '',
                title: 'everybody',
                reason: 'Keys were seen in public',
                raisedBy: 'user:default/oscar',
                raisedAt: world.clock.now(),
              });
            }
            return stores.audit.append(...args);
          },
        }),
      });
      const transaction: Database['transaction'] = run =>
        world.database.transaction(stores => run(during(stores)));
      return world.federation({ database: { ...world.database, transaction } });
    }

    it('is seen by a session of a standing role that is being completed', async () => {
      const world = await aWorld();
      const { sessions } = stoppedAt(world, 'session.issued');
      await expect(
        sessions.issueStanding(ALICE, 'resource:default/payroll', {
          ...CREDENTIALS,
          roleId: 'operator',
        }),
      ).rejects.toMatchObject({
        code: 'ended-while-issuing',
        message: expect.stringContaining('stopped all access'),
      });
    });

    it('is seen by a session under a lease that is being completed', async () => {
      const world = await aWorld();
      const lease = await world.activeLease();
      const { sessions } = stoppedAt(world, 'session.issued');
      await expect(
        sessions.issue(MARY, lease.id, CREDENTIALS),
      ).rejects.toMatchObject({ code: 'ended-while-issuing' });
    });
  });
});
