import { describeDatabases } from '../testing/databases';
import { aPendingLease, aRequest, decisionOn } from '../testing/aLease';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

describe('asking again for what one has asked for', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;

    beforeEach(async () => {
      const { knex } = await open();
      portal = await startTestPortal({ knex });
    });
    afterEach(() => portal.stop());

    it('opens the request that waits, as it is, and makes no second one', async () => {
      const first = await aPendingLease(portal);
      const again = await aPendingLease(portal, { reason: 'Something else' });
      expect(first.reused).toBe(false);
      expect(again).toMatchObject({
        id: first.id,
        reused: true,
        reason: first.reason,
      });
      const { items } = await portal.as('mary', 'listLeases', {
        query: { view: 'mine' },
      });
      expect(items).toHaveLength(1);
    });

    it('says so in the preview, before anything is sent', async () => {
      const codes = async () => {
        const { warnings } = await portal.as('mary', 'previewLease', {
          body: aRequest(),
        });
        return warnings.map(({ code }) => code);
      };
      expect(await codes()).toEqual([]);
      await aPendingLease(portal);
      expect(await codes()).toEqual(['open-request']);
    });

    it('makes one of several at once', async () => {
      const leases = await Promise.all(
        [1, 2, 3, 4].map(() => aPendingLease(portal)),
      );
      expect(new Set(leases.map(({ id }) => id)).size).toBe(1);
      expect(leases.filter(({ reused }) => !reused)).toHaveLength(1);
    });

    it('makes another for another profile, account or person', async () => {
      const others = [
        await aPendingLease(portal),
        await aPendingLease(portal, { profileId: 'read-everything' }),
        await aPendingLease(portal, {
          accountRef: 'resource:default/payments',
        }),
        await aPendingLease(portal, {}, 'daniel'),
      ];
      expect(new Set(others.map(({ id }) => id)).size).toBe(4);
    });

    it('pitfall 9: makes another beside a lease that is active', async () => {
      const first = await aPendingLease(portal);
      await portal.as('daniel', 'decideLease', decisionOn(first));
      const second = await aPendingLease(portal);
      expect(second).toMatchObject({ reused: false, status: 'pending' });
    });

    it('is not kept from asking by a request that lapsed and is not recorded yet', async () => {
      const first = await aPendingLease(portal);
      portal.clock.advance({ hours: 9 });
      const second = await aPendingLease(portal);
      expect(second).toMatchObject({ reused: false, status: 'pending' });
      const old = await portal.as('mary', 'getLease', {
        params: { id: first.id },
      });
      expect(old.status).toBe('lapsed');
      const { items } = await portal.as('ada', 'listAudit', {
        query: { leaseId: first.id, action: 'lease.lapse' },
      });
      expect(items).toHaveLength(1);
    });
  });
});
