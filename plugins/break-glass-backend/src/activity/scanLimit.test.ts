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
const GB = 1024 ** 3;
const SETTLED = NOON + 90 * MINUTE;
const LIMIT =
  /the looks so far read 3GB or more.*review\.maxBytesPerLease raised/;
const ACTIVE = {
  status: 'approved',
  closedAt: undefined,
  closedBy: undefined,
  reviewState: 'none',
  collectDueAt: undefined,
} as const;

describeDatabases((_name, open) => {
  /** At most 3 GB for a lease; every look reads 2 GB of it, and the session is never found. */
  const setUp = async (change: object = {}) => {
    const { database } = await open();
    const portal = collecting(database);
    const limited = (maxBytesPerLease: number) =>
      new ActivityCollector({
        ...portal,
        config: reviewConfig({ maxBytesPerLease }),
      });
    portal.source.coverage = { bytesScanned: 2 * GB };
    const { lease, session } = await anEndedLease(database, change);
    const evidence = async () => (await database.evidence.get(lease.id))!;
    const reviewState = async () =>
      (await database.leases.get(lease.id))!.reviewState;
    const collector = limited(3 * GB);
    const parts = { lease, session, evidence, reviewState, limited };
    return { ...portal, ...parts, collector };
  };
  type Portal = Awaited<ReturnType<typeof setUp>>;
  const lookTwice = async ({ collector, clock, lease }: Portal) => {
    await collector.collectNow(lease.id);
    clock.advance({ minutes: 1 });
    await collector.collectNow(lease.id);
    clock.advance({ minutes: 1 });
  };

  describe('the limit of what is read for a lease', () => {
    it('ends the looks by schedule, and opens the review with what was found', async () => {
      const portal = await setUp();
      const { source, clock, collector, lease, session } = portal;
      source.records = [issueOf(session), callOf(session)];
      clock.set(NOON + 12 * MINUTE);
      await collector.collect(lease.id);
      expect(await portal.evidence()).toMatchObject({
        state: 'collecting',
        bytesScanned: 2 * GB,
        words: expect.not.stringMatching(LIMIT),
      });
      clock.advance({ minutes: 5 });
      await collector.collect(lease.id);
      expect(await portal.evidence()).toMatchObject({
        state: 'logs-missing',
        bytesScanned: 4 * GB,
        eventCount: 1,
        words: expect.stringMatching(LIMIT),
      });
      expect((await portal.evidence()).nextLookAt).toBeUndefined();
      expect((await portal.evidence()).words).not.toContain('still arriving');
      expect(await portal.reviewState()).toBe('open');
      clock.advance({ hours: 1 });
      expect(await collector.collectDue(new AbortController().signal)).toBe(0);
      expect(source.queries).toHaveLength(2);
    });

    it('is reached by exactly as much', async () => {
      const portal = await setUp();
      const { source, clock, collector, lease } = portal;
      source.coverage = { bytesScanned: 3 * GB };
      clock.set(NOON + 12 * MINUTE);
      await collector.collect(lease.id);
      expect((await portal.evidence()).state).toBe('logs-missing');
    });

    it('refuses a person’s look, without asking the source', async () => {
      const portal = await setUp();
      await lookTwice(portal);
      const { collector, lease, source } = portal;
      await expect(collector.collectNow(lease.id)).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'scan-limit',
        message: expect.stringMatching(LIMIT),
      });
      expect(source.queries).toHaveLength(2);
    });

    it('says what is missing, too, once the logs have settled', async () => {
      const portal = await setUp();
      portal.clock.set(SETTLED);
      await lookTwice(portal);
      const { words, sessionsMissing } = await portal.evidence();
      expect(words).toMatch(/one session that was issued is not in the logs/);
      expect(words).toMatch(LIMIT);
      expect(sessionsMissing).toEqual([portal.session.id]);
    });

    it('takes nothing from evidence that is complete', async () => {
      const portal = await setUp();
      const { clock, source, session } = portal;
      clock.set(SETTLED);
      source.records = [issueOf(session)];
      await lookTwice(portal);
      expect(await portal.evidence()).toMatchObject({
        state: 'complete',
        bytesScanned: 4 * GB,
        words: expect.not.stringMatching(LIMIT),
      });
    });

    it('lets frozen evidence be, as ever', async () => {
      const portal = await setUp();
      await lookTwice(portal);
      const { database, collector, clock, lease } = portal;
      const evidence = await portal.evidence();
      await database.evidence.put({ ...evidence, frozenAt: clock.now() });
      expect(await collector.collectNow(lease.id)).toBe(true);
    });

    it('reached while the lease was active, it is said from then on, and nobody is asked after the end', async () => {
      const portal = await setUp(ACTIVE);
      const { clock, collector, database, lease, source } = portal;
      await lookTwice(portal);
      expect(await portal.evidence()).toMatchObject({
        state: 'collecting',
        words: expect.stringMatching(LIMIT),
      });
      const row = (await database.leases.get(lease.id))!;
      await database.leases.update(lease.id, row.version, {
        status: 'ended',
        closedAt: clock.now(),
        reviewState: 'collecting',
        collectDueAt: clock.now(),
      });
      await collector.collect(lease.id);
      const { state, words } = await portal.evidence();
      expect(state).toBe('logs-missing');
      expect(words).toMatch(LIMIT);
      expect(words).not.toContain('could not be read');
      expect(await portal.reviewState()).toBe('open');
      expect(source.queries).toHaveLength(2);
    });

    it('once lowered, a look that nobody asked the source for blames no source', async () => {
      const portal = await setUp();
      const { clock, collector, lease, source } = portal;
      clock.set(SETTLED);
      await collector.collect(lease.id);
      expect((await portal.evidence()).state).toBe('collecting');
      clock.advance({ minutes: 5 });
      await portal.limited(2 * GB).collect(lease.id);
      const { state, words, sessionsMissing } = await portal.evidence();
      expect(state).toBe('logs-missing');
      expect(words).toContain('the looks so far read 2GB or more');
      expect(words).not.toContain('could not be read');
      expect(sessionsMissing).toEqual([portal.session.id]);
      expect(source.queries).toHaveLength(1);
    });

    it('once raised, looking again makes the evidence complete', async () => {
      const portal = await setUp();
      await lookTwice(portal);
      const { clock, source, session, lease } = portal;
      clock.set(SETTLED);
      source.records = [issueOf(session)];
      await portal.limited(10 * GB).collectNow(lease.id);
      expect((await portal.evidence()).state).toBe('complete');
    });
  });
});
