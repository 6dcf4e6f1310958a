import { describeDatabases } from '../testing/databases';
import {
  aDecisionRow,
  aLeaseRow,
  anActivityRow,
  anEvidenceRow,
  aReviewRow,
  aSessionRow,
  NOON,
} from '../testing/rows';
import { ActivityEventRow, Database, ListedEvent, PanicRow } from './types';

async function aStoredLease(database: Database): Promise<string> {
  const row = aLeaseRow();
  await database.leases.insert(row);
  return row.id;
}

describe('what belongs to a lease, in the database', () => {
  describeDatabases((_name, open) => {
    it('keeps decisions as they were made', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const rows = [
        aDecisionRow({ leaseId, comment: 'ok', startAt: NOON }),
        aDecisionRow({ leaseId, person: 'user:default/grace' }),
      ];
      for (const row of rows) {
        await database.decisions.insert(row);
      }
      expect(await database.decisions.ofLeases([leaseId])).toEqual(rows);
      expect(await database.decisions.ofLeases([])).toEqual([]);
    });

    it('reads a lease with the decisions on it, and without any', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const other = await aStoredLease(database);
      const rows = [
        aDecisionRow({ leaseId, comment: 'ok', startAt: NOON }),
        aDecisionRow({ leaseId, person: 'user:default/grace' }),
      ];
      for (const row of rows) {
        await database.decisions.insert(row);
      }
      expect(await database.leases.withDecisions(leaseId)).toEqual({
        row: await database.leases.get(leaseId),
        databaseNow: expect.any(Number),
        decisions: rows,
      });
      expect(await database.leases.withDecisions(other)).toEqual({
        row: await database.leases.get(other),
        databaseNow: expect.any(Number),
        decisions: [],
      });
      expect(await database.leases.withDecisions('none')).toBeUndefined();
    });

    it('writes no decision where responders stopped one of its people, or the account', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const scope = {
        accountId: '111122223333',
        people: [{ ref: 'user:default/mary', key: 'employee-1' }],
      };
      const stop = (id: string, kind: PanicRow['kind'], targetKey: string) =>
        database.panics.insert({
          id,
          kind,
          targetKey,
          title: 'Mary',
          reason: 'Keys seen elsewhere',
          raisedBy: 'user:default/nadia',
          raisedAt: NOON,
        });
      const row = aDecisionRow({ leaseId });
      await stop('01K6F00000000000000000000A', 'person', 'employee-2');
      await stop('01K6F00000000000000000000B', 'account', '444455556666');
      await stop('01K6F00000000000000000000C', 'account', '111122223333');
      const write = () =>
        database.transaction(stores => stores.decisions.insert(row, scope));
      expect(await write()).toBe(false);
      expect(await database.decisions.ofLeases([leaseId])).toEqual([]);

      await database.panics.askLift('01K6F00000000000000000000C', {
        liftAskedBy: 'user:default/oscar',
        liftAskedByKey: 'oscar',
        liftAskedAt: NOON,
        liftReason: 'over',
      });
      await database.panics.lift('01K6F00000000000000000000C', 'oscar', {
        liftedBy: 'user:default/nadia',
        liftedAt: NOON,
      });
      expect(await write()).toBe(true);
      expect(await database.decisions.ofLeases([leaseId])).toEqual([row]);
      await expect(write()).rejects.toMatchObject({ code: 'already-decided' });
    });

    it('I1: one person decides once, over all steps and under all names, also at once', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const results = await Promise.allSettled(
        ['daniel', 'dan', 'd.miller', 'daniel2'].map((name, index) =>
          database.transaction(stores =>
            stores.decisions.insert(
              aDecisionRow({
                leaseId,
                stepId: `step-${index}`,
                person: `user:default/${name}`,
                personKey: 'employee-7',
              }),
            ),
          ),
        ),
      );
      const refused = results.filter(result => result.status === 'rejected');
      expect(refused).toHaveLength(3);
      refused.forEach(({ reason }) =>
        expect(reason).toMatchObject({
          name: 'ConflictError',
          code: 'already-decided',
        }),
      );
      expect(await database.decisions.ofLeases([leaseId])).toHaveLength(1);
    });

    it('pitfall 6: a decision that is there already leaves the transaction usable', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      await database.decisions.insert(aDecisionRow({ leaseId }));
      const seen = await database.transaction(async stores => {
        await stores.decisions
          .insert(aDecisionRow({ leaseId }))
          .catch(() => undefined);
        return stores.leases.get(leaseId);
      });
      expect(seen!.id).toBe(leaseId);
    });

    it('I3: a session is completed once, and only while it is issuing', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const session = aSessionRow({
        leaseId,
        leaseVersion: 1,
        state: 'issuing',
        accessKeyId: undefined,
        issuedAt: undefined,
      });
      await database.sessions.insert(session);
      const change = { accessKeyId: 'ASIAEXAMPLE', issuedAt: NOON };
      const results = await Promise.all([
        database.sessions.complete(session.id, { ...change, state: 'issued' }),
        database.sessions.complete(session.id, { state: 'discarded' }),
      ]);
      expect(results.sort()).toEqual([false, true]);
      const [stored] = await database.sessions.ofLeases([leaseId]);
      expect(stored.state).not.toBe('issuing');
      await expect(
        database.sessions.complete(session.id, { requester: 'user:default/x' }),
      ).rejects.toThrow('cannot change its requester');
    });

    it('counts the sessions of leases without the refused ones', async () => {
      const { database } = await open();
      const [one, two] = [
        await aStoredLease(database),
        await aStoredLease(database),
      ];
      await database.sessions.insert(aSessionRow({ leaseId: one }));
      await database.sessions.insert(
        aSessionRow({ leaseId: one, state: 'discarded' }),
      );
      await database.sessions.insert(
        aSessionRow({ leaseId: one, state: 'refused' }),
      );
      await database.sessions.insert(aSessionRow());
      const counts = await database.sessions.countOfLeases([one, two]);
      expect([...counts]).toEqual([[one, 2]]);
      expect(await database.sessions.ofLeases([one, two])).toHaveLength(3);
    });

    it('keeps events once by their id, and pages them by time and id', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      // Orders that a language would sort differently from bytes.
      const names = ['B-1', 'a-1', '0', 'a1', 'A', '_'];
      const rows = names.map((eventId, index) =>
        anActivityRow({ leaseId, eventId, at: NOON + (index % 2) }),
      );
      await database.activity.upsert(rows);
      await database.activity.upsert([rows[0]]);
      const inOrder = [...rows].sort(
        (a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1),
      );
      const paged: ListedEvent[] = [];
      let cursor: string | undefined;
      do {
        const page = await database.activity.list(
          leaseId,
          {},
          { limit: 2, cursor },
        );
        paged.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor && paged.length < 20);
      expect(paged).toEqual(inOrder.map(({ record, ...listed }) => listed));
      const all: ActivityEventRow[] = [];
      for await (const row of database.activity.all(leaseId)) {
        all.push(row);
      }
      expect(all).toEqual(inOrder);
      expect(await database.activity.get(leaseId, 'a1')).toEqual(rows[3]);
      await expect(
        database.activity.list(leaseId, {}, { limit: 2, cursor: 'x' }),
      ).rejects.toMatchObject({ code: 'invalid-input' });
    });

    it('I9: the same event under two leases stays apart', async () => {
      const { database } = await open();
      const [one, two] = [
        await aStoredLease(database),
        await aStoredLease(database),
      ];
      await database.activity.upsert([
        anActivityRow({ leaseId: one, eventId: 'e' }),
        anActivityRow({ leaseId: two, eventId: 'e', refused: true }),
      ]);
      expect((await database.activity.get(one, 'e'))!.refused).toBe(false);
      expect((await database.activity.get(two, 'e'))!.refused).toBe(true);
      expect((await database.activity.counts(one)).total).toBe(1);
    });

    it('filters and counts events in the database', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const event = (eventId: string, change: Partial<ActivityEventRow>) =>
        anActivityRow({ leaseId, eventId, ...change });
      await database.activity.upsert([
        event('read', { accessLevel: 'read', action: 'GetObject' }),
        event('list', { accessLevel: 'list', service: 'ec2' }),
        event('write', { accessLevel: 'write', sessionId: aSessionRow().id }),
        event('unknown', { accessLevel: 'unknown', errorMessage: '100%_SURE' }),
        event('refused', {
          accessLevel: 'read',
          service: 'secretsmanager',
          refused: true,
          errorCode: 'AccessDenied',
        }),
        event('marked', {
          accessLevel: 'permissions-management',
          sensitive: [{ rule: 'public', why: 'Everybody may read it' }],
        }),
      ]);
      const found = async (filter: object) =>
        (await database.activity.list(leaseId, filter, { limit: 50 })).items
          .map(row => row.eventId)
          .sort();
      expect(await found({ only: 'writes' })).toEqual([
        'marked',
        'unknown',
        'write',
      ]);
      expect(await found({ only: 'refused' })).toEqual(['refused']);
      expect(await found({ only: 'sensitive' })).toEqual(['marked']);
      expect(await found({ service: 'ec2' })).toEqual(['list']);
      expect(await found({ accessLevel: 'list' })).toEqual(['list']);
      expect(await found({ text: 'getobj' })).toEqual(['read']);
      expect(await found({ text: 'accessdenied' })).toEqual(['refused']);
      expect(await found({ text: '0%_s' })).toEqual(['unknown']);
      expect(await found({ text: '%' })).toEqual(['unknown']);
      expect(await found({ text: `' OR 1=1 --` })).toEqual([]);
      expect(await database.activity.counts(leaseId)).toEqual({
        total: 6,
        writes: 3,
        refused: 1,
        sensitive: 1,
        services: [
          { service: 's3', count: 4 },
          { service: 'ec2', count: 1 },
          { service: 'secretsmanager', count: 1 },
        ],
      });
    });

    it('takes more events than one INSERT does', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const rows = Array.from({ length: 1_203 }, (_, index) =>
        anActivityRow({ leaseId, eventId: `e${index}`, at: NOON + index }),
      );
      await database.activity.upsert(rows);
      const read: string[] = [];
      for await (const row of database.activity.all(leaseId)) {
        read.push(row.eventId);
      }
      expect(read).toEqual(rows.map(row => row.eventId));
      await database.activity.upsert([]);
    });

    it('never writes frozen evidence again', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const first = anEvidenceRow({ leaseId, unreadable: ['a.gz: cut'] });
      expect(await database.evidence.put(first)).toBe(true);
      expect(await database.evidence.get(leaseId)).toEqual(first);
      const { nextLookAt, filesRead, ...rest } = first;
      const frozen = {
        ...rest,
        state: 'complete' as const,
        settledAt: NOON,
        frozenAt: NOON,
      };
      expect(await database.evidence.put(frozen)).toBe(true);
      expect(await database.evidence.get(leaseId)).toEqual(frozen);
      expect(await database.evidence.put(first)).toBe(false);
      expect(await database.evidence.get(leaseId)).toEqual(frozen);
    });

    it('keeps verdicts as they were given', async () => {
      const { database } = await open();
      const leaseId = await aStoredLease(database);
      const row = aReviewRow({ leaseId, override: 'Logs of one region lack' });
      await database.reviews.insert(row);
      expect(await database.reviews.ofLease(leaseId)).toEqual([row]);
      expect(await database.reviews.ofLease('x')).toEqual([]);
    });
  });
});
