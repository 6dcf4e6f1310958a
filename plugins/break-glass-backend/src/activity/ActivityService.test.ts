import {
  activityListSchema,
  timelineSchema,
} from 'backstage-plugin-break-glass-common';
import { describeDatabases } from '../testing/databases';
import {
  aDecisionRow,
  aReviewRow,
  anActiveLeaseRow,
  NOON,
} from '../testing/rows';
import { anEndedLease, callOf, collecting, issueOf } from './collectorTesting';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const SETTLED = NOON + 90 * MINUTE;

describeDatabases((_name, open) => {
  const setUp = async () => {
    const portal = collecting((await open()).database);
    const { lease, session } = await anEndedLease(portal.database);
    portal.source.records = [
      issueOf(session),
      callOf(session, { eventID: 'read', eventTime: '2026-10-01T12:05:00Z' }),
      callOf(session, {
        eventID: 'write',
        eventTime: '2026-10-01T12:06:00Z',
        eventName: 'PutBucketPolicy',
      }),
      callOf(session, {
        eventID: 'refused',
        eventTime: '2026-10-01T12:07:00Z',
        eventSource: 'secretsmanager.amazonaws.com',
        eventName: 'GetSecretValue',
        errorCode: 'AccessDenied',
      }),
    ];
    portal.clock.set(SETTLED);
    await portal.collector.collect(lease.id);
    const row = (await portal.database.leases.get(lease.id))!;
    return { ...portal, lease: row, session };
  };

  describe('ActivityService', () => {
    it('lists events in order, with how complete they are and counts over all', async () => {
      const { service, database, lease } = await setUp();
      const list = await service.list(lease, { limit: 100 });
      expect(
        activityListSchema.parse(JSON.parse(JSON.stringify(list))),
      ).toBeDefined();
      expect(list.items.map(item => item.id)).toEqual([
        'read',
        'write',
        'refused',
      ]);
      expect(list.items[2]).toMatchObject({
        service: 'secretsmanager',
        refused: true,
        sensitive: [{ rule: 'secret-read' }],
      });
      expect(list.counts).toMatchObject({ total: 3, writes: 1, refused: 1 });
      expect(list.completeness).toMatchObject({
        state: 'complete',
        source: 'Scripted logs',
      });
      expect(list.evidenceHash).toBe(
        (await database.evidence.get(lease.id))!.hash,
      );
    });

    it('filters, and pages by cursor', async () => {
      const { service, lease } = await setUp();
      const refused = await service.list(lease, { limit: 10, only: 'refused' });
      expect(refused.items.map(item => item.id)).toEqual(['refused']);
      const first = await service.list(lease, { limit: 2 });
      const second = await service.list(lease, {
        limit: 2,
        cursor: first.nextCursor,
      });
      expect(second.items.map(item => item.id)).toEqual(['refused']);
      expect(second.nextCursor).toBeUndefined();
    });

    it('shows the raw record, and names one that is not there', async () => {
      const { service, lease } = await setUp();
      expect(await service.record(lease, 'write')).toMatchObject({
        eventID: 'write',
        eventName: 'PutBucketPolicy',
      });
      await expect(service.record(lease, 'nothing')).rejects.toMatchObject({
        name: 'NotFoundError',
        code: 'event-unknown',
      });
    });

    it('pitfall 22: an event of another lease is not found in this one', async () => {
      const { service, database } = await setUp();
      const { lease: other } = await anEndedLease(database);
      await expect(service.record(other, 'write')).rejects.toMatchObject({
        code: 'event-unknown',
      });
      expect((await service.list(other, { limit: 10 })).items).toEqual([]);
    });

    it('tells lease, decisions, sessions and events on one time line', async () => {
      const { service, database, lease } = await setUp();
      await database.decisions.insert(
        aDecisionRow({ leaseId: lease.id, decidedAt: NOON }),
      );
      await database.reviews.insert(aReviewRow({ leaseId: lease.id }));
      const timeline = await service.timeline(lease, { limit: 100 });
      expect(
        timelineSchema.parse(JSON.parse(JSON.stringify(timeline))),
      ).toBeDefined();
      const names = timeline.items.map(item =>
        item.kind === 'lease'
          ? item.what
          : (item.kind === 'event' && item.event.id) || item.kind,
      );
      expect(names).toEqual([
        'requested',
        'decision',
        'activated',
        'session',
        'read',
        'write',
        'refused',
        'ended',
        'reviewed',
      ]);
      expect(timeline.nextCursor).toBeUndefined();
    });

    it('pages the time line without losing or repeating anything', async () => {
      const { service, lease } = await setUp();
      const whole = await service.timeline(lease, { limit: 100 });
      const items = [];
      let cursor: string | undefined;
      do {
        const page = await service.timeline(lease, { limit: 2, cursor });
        expect(page.items.length).toBeLessThanOrEqual(2);
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor && items.length < 100);
      expect(items).toEqual(whole.items);
    });

    it('before anybody looked there is an answer, with a hash that the verdict can name', async () => {
      const { service, database } = await setUp();
      const lease = anActiveLeaseRow({ status: 'ended', closedAt: NOON });
      await database.leases.insert(lease);
      const list = await service.list(lease, { limit: 10 });
      expect(list).toMatchObject({
        items: [],
        completeness: { state: 'complete', source: 'none yet' },
      });
      expect(list.completeness.lastLookAt).toBeUndefined();
      expect(list.evidenceHash).toBe(
        (await service.list(lease, { limit: 10 })).evidenceHash,
      );
    });

    it('pitfall 21: looking now while the source is down is a 503 that names it', async () => {
      const { service, source, lease, clock } = await setUp();
      source.failure = new Error('/secret/path is gone');
      clock.advance({ minutes: 1 });
      const error = await service.collectNow(lease).catch(each => each);
      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'log-source-unavailable',
      });
      expect(error.message).toContain('Scripted logs');
      expect(error.message).not.toContain('/secret/path');
      expect((await service.list(lease, { limit: 10 })).items).toHaveLength(3);
    });

    it('looking now answers how complete it is', async () => {
      const { service, lease, clock } = await setUp();
      clock.advance({ minutes: 1 });
      expect(await service.collectNow(lease)).toMatchObject({
        state: 'complete',
        lastLookAt: new Date(clock.now()).toISOString(),
      });
    });
  });
});
