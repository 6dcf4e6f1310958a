import { describeDatabases } from '../testing/databases';
import { aLeaseRow, anActivityRow, NOON } from '../testing/rows';
import { ActivityEventRow, ActivityFilter, Database } from './types';

jest.setTimeout(60_000);

const MINUTE = 60_000;

async function aStoredLease(database: Database): Promise<string> {
  const row = aLeaseRow();
  await database.leases.insert(row);
  return row.id;
}

describeDatabases((_name, open) => {
  describe('DatabaseActivityStore', () => {
    it('writes what is read otherwise than before, and keeps when it was found', async () => {
      const { database, knex } = await open();
      const leaseId = await aStoredLease(database);
      const row = anActivityRow({ leaseId, eventId: 'e' });
      await database.activity.upsert([row], NOON);
      const anew: ActivityEventRow = {
        ...row,
        alsoIn: ['222233334444'],
        sensitive: [{ rule: 'r', why: 'w' }],
        errorCode: undefined,
      };
      await database.activity.upsert([anew], NOON + MINUTE);
      const { errorCode, ...stored } = anew;
      expect(await database.activity.get(leaseId, 'e')).toEqual(stored);
      const [{ found_at }] = await knex('activity_events').select('found_at');
      expect(Number(found_at)).toBe(NOON);
    });

    it('puts right what was changed behind our back', async () => {
      const { database, knex } = await open();
      const leaseId = await aStoredLease(database);
      const row = anActivityRow({ leaseId, eventId: 'e', refused: true });
      await database.activity.upsert([row]);
      await knex('activity_events').update({ refused: false, record: '{}' });
      await database.activity.upsert([row]);
      expect(await database.activity.get(leaseId, 'e')).toEqual(row);
    });

    it('takes events out of the one lease only, and says which were there', async () => {
      const { database } = await open();
      const [one, two] = [
        await aStoredLease(database),
        await aStoredLease(database),
      ];
      await database.activity.upsert(
        [one, two].flatMap(leaseId =>
          ['a', 'b'].map(eventId => anActivityRow({ leaseId, eventId })),
        ),
      );
      const many = Array.from({ length: 1_200 }, (_, n) => `none-${n}`);
      expect(await database.activity.remove(one, [...many, 'a'])).toEqual([
        'a',
      ]);
      expect(await database.activity.remove(one, [])).toEqual([]);
      expect((await database.activity.counts(one)).total).toBe(1);
      expect((await database.activity.counts(two)).total).toBe(2);
    });

    it('lists leave the raw record out', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      await database.activity.upsert([anActivityRow({ leaseId })]);
      const { items } = await database.activity.list(leaseId, {}, { limit: 5 });
      expect(Object.keys(items[0])).not.toContain('record');
    });

    describe('the histogram', () => {
      const setUp = async () => {
        const { database } = await open();
        const leaseId = await aStoredLease(database);
        await database.activity.upsert([
          anActivityRow({ leaseId, at: NOON, accessLevel: 'read' }),
          anActivityRow({ leaseId, at: NOON + 999, accessLevel: 'list' }),
          anActivityRow({ leaseId, at: NOON + MINUTE, accessLevel: 'unknown' }),
          anActivityRow({
            leaseId,
            at: NOON + 2 * MINUTE - 1,
            accessLevel: 'write',
            refused: true,
            service: 'ec2',
            sensitive: [{ rule: 'r', why: 'w' }],
          }),
        ]);
        return (filter: ActivityFilter, bars: number) =>
          database.activity.histogram(leaseId, filter, bars);
      };

      it('covers the first to the last event in bars of equal length', async () => {
        const histogram = await setUp();
        expect(await histogram({}, 4)).toEqual({
          from: NOON,
          to: NOON + 2 * MINUTE - 1,
          barMs: 30_000,
          bars: [
            { index: 0, reads: 2, writes: 0, refused: 0, sensitive: 0 },
            { index: 2, reads: 0, writes: 1, refused: 0, sensitive: 0 },
            { index: 3, reads: 0, writes: 0, refused: 1, sensitive: 1 },
          ],
        });
        const one = await histogram({}, 1);
        expect(one?.bars).toEqual([
          { index: 0, reads: 2, writes: 1, refused: 1, sensitive: 1 },
        ]);
      });

      it('takes the filters of the list', async () => {
        const histogram = await setUp();
        expect(await histogram({ service: 'ec2' }, 10)).toEqual({
          from: NOON + 2 * MINUTE - 1,
          to: NOON + 2 * MINUTE - 1,
          barMs: 1_000,
          bars: [{ index: 0, reads: 0, writes: 0, refused: 1, sensitive: 1 }],
        });
        expect((await histogram({ only: 'writes' }, 10))?.from).toBe(
          NOON + MINUTE,
        );
        expect((await histogram({ to: NOON + MINUTE }, 10))?.to).toBe(
          NOON + 999,
        );
      });

      it('is none where there is no event', async () => {
        const histogram = await setUp();
        expect(await histogram({ text: `' OR 1=1 --` }, 10)).toBeUndefined();
      });
    });
  });
});
