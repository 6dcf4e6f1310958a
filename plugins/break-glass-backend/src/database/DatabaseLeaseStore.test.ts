import { describeDatabases } from '../testing/databases';
import { aLeaseRow } from '../testing/rows';

describe('leases in the database', () => {
  describeDatabases((_name, open) => {
    it('hands out what was put in', async () => {
      const { database } = await open();
      const lease = aLeaseRow({ startAt: 1_790_000_000_123 });
      await database.leases.insert(lease);
      expect(await database.leases.get(lease.id)).toEqual(lease);
      expect(Math.abs((await database.now()) - Date.now())).toBeLessThan(60000);
    });
  });
});
