import { evidenceCheckSchema } from 'backstage-plugin-break-glass-common';
import { createHash } from 'crypto';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { sealed } from './evidence';
import { anEndedLease, callOf, collecting, issueOf } from './collectorTesting';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const SETTLED = NOON + 90 * MINUTE;
const RITA = 'user:default/rita';

describeDatabases((_name, open) => {
  const setUp = async () => {
    const { database, knex } = await open();
    const portal = collecting(database);
    const { lease, session } = await anEndedLease(database);
    const call = (eventID: string, change = {}) =>
      callOf(session, { eventID, ...change });
    portal.source.records = [issueOf(session), call('one'), call('two')];
    portal.clock.set(SETTLED);
    await portal.collector.collect(lease.id);
    portal.clock.advance({ minutes: 1 });
    /** Freezes, as a verdict does. */
    const judge = async () => {
      const row = (await database.evidence.get(lease.id))!;
      await database.transaction(async stores => {
        await stores.evidence.put({ ...row, frozenAt: portal.clock.now() });
        await portal.audit.record(stores, {
          actor: RITA,
          action: 'review.accepted',
          outcome: 'done',
          leaseId: lease.id,
          details: { evidenceHash: row.hash },
        });
      });
      portal.clock.advance({ minutes: 1 });
      return row.hash;
    };
    const entries = async (action: string) =>
      database.audit.list({ leaseId: lease.id, action }, { limit: 10 });
    const stored = async () => ({
      events: await knex('activity_events').orderBy('event_id'),
      evidence: await knex('evidence'),
      leases: await knex('leases'),
    });
    return { ...portal, knex, lease, session, call, judge, entries, stored };
  };

  describe('evidence as text', () => {
    const textOf = async (lines: AsyncIterable<string>) => {
      let text = '';
      for await (const line of lines) {
        text += line;
      }
      return text;
    };

    it('has the hash that the page shows, and is audited', async () => {
      const { evidence, lease, database, entries } = await setUp();
      const text = await textOf(await evidence.export(RITA, lease));
      const { hash } = (await database.evidence.get(lease.id))!;
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
      expect(text.trimEnd().split('\n')).toHaveLength(3);
      expect(await entries('evidence.export')).toMatchObject([
        {
          actor: RITA,
          outcome: 'done',
          details: { evidenceHash: hash, events: 2, frozen: false },
        },
      ]);
    });

    it('is refused, and that is audited, where rows were changed behind our back', async () => {
      const { evidence, lease, knex, entries } = await setUp();
      await knex('activity_events').update({ refused: true });
      await expect(evidence.export(RITA, lease)).rejects.toMatchObject({
        code: 'evidence-changed',
      });
      expect(await entries('evidence.export')).toMatchObject([
        { outcome: 'refused', code: 'evidence-changed' },
      ]);
    });
  });

  describe('checking frozen evidence', () => {
    it('says that nothing changed, and changes nothing', async () => {
      const { evidence, lease, judge, stored, entries } = await setUp();
      const hash = await judge();
      const before = await stored();
      const check = await evidence.check(RITA, lease);
      expect(evidenceCheckSchema.parse(check)).toEqual(check);
      expect(check).toMatchObject({
        frozenHash: hash,
        storedIntact: true,
        same: true,
        counts: { frozen: 2, now: 2, added: 0, missing: 0, changed: 0 },
        differences: [],
      });
      expect(await stored()).toEqual(before);
      expect(await entries('evidence.checked')).toMatchObject([
        { actor: RITA, outcome: 'done', details: { same: true, frozen: 2 } },
      ]);
    });

    it('names what was added, is missing or was changed, with the members', async () => {
      const { evidence, lease, judge, source, session, call } = await setUp();
      await judge();
      source.records = [
        issueOf(session),
        call('two', { requestParameters: { bucketName: 'another' } }),
        call('three', { eventName: 'DeleteBucket' }),
      ];
      const check = await evidence.check(RITA, lease);
      expect(check).toMatchObject({
        same: false,
        storedIntact: true,
        counts: { frozen: 2, now: 2, added: 1, missing: 1, changed: 1 },
      });
      expect(check.differences).toMatchObject([
        { eventId: 'one', kind: 'missing', members: [] },
        {
          eventId: 'two',
          kind: 'changed',
          members: ['requestParameters.bucketName'],
        },
        { eventId: 'three', kind: 'added', action: 'DeleteBucket' },
      ]);
      expect(check.words).toContain(
        'The source differs: one event not there any more, one event changed, one event more.',
      );
    });

    it('finds rows that were changed behind our back', async () => {
      const { evidence, lease, judge, knex } = await setUp();
      await judge();
      await knex('activity_events')
        .where({ event_id: 'one' })
        .update({ record: '{"eventID":"one"}' });
      const check = await evidence.check(RITA, lease);
      expect(check.storedIntact).toBe(false);
      expect(check.differences).toMatchObject([
        { eventId: 'one', kind: 'changed' },
      ]);
      expect(check.words).toContain('it was changed since');
    });

    it('finds rows that were changed together with their hash', async () => {
      const { evidence, lease, judge, knex, database } = await setUp();
      const judged = await judge();
      await knex('activity_events').where({ event_id: 'one' }).delete();
      const row = (await database.evidence.get(lease.id))!;
      const sessions = await database.sessions.ofLeases([lease.id]);
      const { hash } = await sealed(database, row, sessions);
      await knex('evidence').update({ hash, event_count: 1 });
      const check = await evidence.check(RITA, lease);
      expect(check).toMatchObject({ storedIntact: false, frozenHash: judged });
    });

    it('finds a hash that was changed alone', async () => {
      const { evidence, lease, judge, knex } = await setUp();
      const judged = await judge();
      await knex('evidence').update({ hash: 'f'.repeat(64) });
      const check = await evidence.check(RITA, lease);
      expect(check).toMatchObject({ storedIntact: false, frozenHash: judged });
    });

    it('goes by the last verdict, where there were several', async () => {
      const { evidence, lease, judge, database, source, call, ...deps } =
        await setUp();
      const first = await judge();
      await database.evidence.unfreeze(lease.id);
      source.records.push(call('late'));
      await deps.collector.collectNow(lease.id);
      const second = await judge();
      expect(second).not.toBe(first);
      const check = await evidence.check(RITA, lease);
      expect(check).toMatchObject({ storedIntact: true, frozenHash: second });
    });

    it('a secret that is taken out by now is no difference', async () => {
      const { evidence, lease, judge, knex, source } = await setUp();
      await judge();
      // As an earlier version stored it.
      const [row] = await knex('activity_events').where({ event_id: 'one' });
      const record = { ...JSON.parse(row.record), sessionToken: 'SECRET' };
      await knex('activity_events')
        .where({ event_id: 'one' })
        .update({ record: JSON.stringify(record) });
      source.records[1] = { ...source.records[1], sessionToken: 'SECRET' };
      const { same, counts } = await evidence.check(RITA, lease);
      expect(same).toBe(true);
      expect(counts.now).toBe(2);
    });

    it('names no more than a hundred of a kind, and counts all', async () => {
      const { evidence, lease, judge, source, call } = await setUp();
      await judge();
      for (let n = 0; n < 130; n++) {
        source.records.push(call(`more-${n}`));
      }
      const check = await evidence.check(RITA, lease);
      expect(check.counts.added).toBe(130);
      expect(check.differences).toHaveLength(100);
    });

    it('is refused before a verdict', async () => {
      const { evidence, lease, source } = await setUp();
      const { length } = source.queries;
      await expect(evidence.check(RITA, lease)).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'evidence-not-frozen',
      });
      expect(source.queries).toHaveLength(length);
    });

    it('is limited to once in ten seconds, also for many at once', async () => {
      const { evidence, lease, judge, clock, source } = await setUp();
      await judge();
      const { length } = source.queries;
      const results = await Promise.allSettled(
        Array.from({ length: 4 }, () => evidence.check(RITA, lease)),
      );
      const codes = results.map(result =>
        result.status === 'rejected' ? result.reason.code : 'done',
      );
      expect(codes.sort()).toEqual([
        'done',
        'rate-limited',
        'rate-limited',
        'rate-limited',
      ]);
      expect(source.queries).toHaveLength(length + 1);
      clock.advance({ seconds: 10 });
      expect((await evidence.check(RITA, lease)).same).toBe(true);
    });

    it('pitfall 21: a source that is down is a 503 that names it, and is audited', async () => {
      const { evidence, lease, judge, source, entries } = await setUp();
      await judge();
      source.failure = new Error('/secret/path is gone');
      const error = await evidence.check(RITA, lease).catch(each => each);
      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'log-source-unavailable',
      });
      expect(error.message).toContain('Scripted logs');
      expect(error.message).not.toContain('/secret/path');
      expect(await entries('evidence.checked')).toMatchObject([
        { outcome: 'failed', code: 'log-source-unavailable' },
      ]);
    });
  });
});
