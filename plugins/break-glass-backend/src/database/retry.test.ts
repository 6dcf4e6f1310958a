import { describeDatabases } from '../testing/databases';
import { aLeaseRow } from '../testing/rows';
import { LeaseStore } from './types';
import { isContention, retryContention } from './retry';

const busy = Object.assign(new Error('database is locked'), {
  code: 'SQLITE_BUSY_SNAPSHOT',
});

describe('working at the same time as others', () => {
  it('runs the work again, whole, and gives up after the attempts', async () => {
    let runs = 0;
    const work = async () => {
      runs += 1;
      if (runs < 3) {
        throw busy;
      }
      return runs;
    };
    expect(await retryContention(work, { attempts: 3, waitMs: 0 })).toBe(3);
    runs = 0;
    await expect(
      retryContention(work, { attempts: 2, waitMs: 0 }),
    ).rejects.toBe(busy);
    expect(runs).toBe(2);
  });

  it('repeats nothing that failed for another reason', async () => {
    let runs = 0;
    const unique = Object.assign(new Error('duplicate'), { code: '23505' });
    const work = async () => {
      runs += 1;
      throw unique;
    };
    await expect(
      retryContention(work, { attempts: 5, waitMs: 0 }),
    ).rejects.toBe(unique);
    expect(runs).toBe(1);
    expect(isContention(undefined)).toBe(false);
    expect(isContention({ code: '40P01' })).toBe(true);
  });

  describeDatabases((name, open) => {
    it('I5: two transactions that wait for each other both succeed', async () => {
      const { database } = await open();
      const [one, two] = [aLeaseRow(), aLeaseRow()];
      await database.leases.insert(one);
      await database.leases.insert(two);
      let arrived = 0;
      let release = () => {};
      const bothHoldOne = new Promise<void>(resolve => {
        release = resolve;
      });
      const crossing = (first: string, second: string) =>
        database.transaction(async stores => {
          await touch(stores.leases, first);
          arrived += 1;
          if (name === 'SQLITE_3' || arrived >= 2) {
            release();
          }
          await bothHoldOne;
          await touch(stores.leases, second);
        });
      await Promise.all([crossing(one.id, two.id), crossing(two.id, one.id)]);
      expect((await database.leases.get(one.id))!.version).toBe(3);
      expect((await database.leases.get(two.id))!.version).toBe(3);
    });
  });
});

async function touch(leases: LeaseStore, id: string): Promise<void> {
  const row = await leases.get(id);
  await leases.update(id, row!.version, { reviewDueAt: 1 });
}
