import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { ActivityCollector } from './ActivityCollector';
import {
  anEndedLease,
  callOf,
  collecting,
  issueOf,
  reviewConfig,
} from './collectorTesting';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const SETTLED = NOON + 90 * MINUTE;
const LIMIT =
  /More than 5 records may belong to this lease.*review\.maxRecordsPerLook raised/;

describeDatabases((_name, open) => {
  /** A lease with eight calls, after its logs have settled. */
  const setUp = async () => {
    const { database } = await open();
    const portal = collecting(database);
    const { lease, session } = await anEndedLease(database);
    const calls = Array.from({ length: 8 }, (_, index) =>
      callOf(session, { eventID: `call-${index}` }),
    );
    portal.source.records = [issueOf(session), ...calls];
    portal.clock.set(SETTLED);
    const look = async (maxRecordsPerLook: number) => {
      portal.clock.advance({ minutes: 1 });
      await new ActivityCollector({
        ...portal,
        config: reviewConfig({ maxRecordsPerLook }),
      }).collectNow(lease.id);
      return (await database.evidence.get(lease.id))!;
    };
    return { ...portal, lease, look };
  };

  describe('the limit of records that one look holds', () => {
    it('is said to the source, keeps what was found, and never makes evidence complete', async () => {
      const { source, look } = await setUp();
      const evidence = await look(5);
      expect(source.queries[0].maxRecords).toBe(5);
      expect(evidence).toMatchObject({
        state: 'collecting',
        eventCount: 4,
        unreadable: [expect.stringMatching(LIMIT)],
      });
    });

    it('leaves logs missing once nobody waits any longer', async () => {
      const { clock, look } = await setUp();
      clock.advance({ hours: 12 });
      expect(await look(5)).toMatchObject({
        state: 'logs-missing',
        unreadable: [expect.stringMatching(LIMIT)],
      });
    });

    it('holds for a source that knows no limit, and for one that stopped by itself', async () => {
      const { source, look } = await setUp();
      source.records = source.records.slice(0, 3);
      source.coverage = { truncated: true };
      expect((await look(5)).unreadable).toEqual([
        expect.stringMatching(LIMIT),
      ]);
    });

    it('asks for no further account once it is reached', async () => {
      const { source, look } = await setUp();
      await look(5);
      expect(source.queries).toHaveLength(1);
    });

    it('once raised, looking again makes the evidence complete', async () => {
      const { look } = await setUp();
      await look(5);
      expect(await look(9)).toMatchObject({
        state: 'complete',
        eventCount: 8,
        unreadable: [],
      });
    });
  });
});
