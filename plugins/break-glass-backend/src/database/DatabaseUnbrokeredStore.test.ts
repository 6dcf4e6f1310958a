import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { aUseReviewRow, aUseRow } from '../testing/unbrokeredRows';
import { Database, UnbrokeredFilter, UnbrokeredRow } from './types';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const anEvent = (id: string, minute: number): ActivityEvent => ({
  id,
  at: new Date(NOON + minute * MINUTE).toISOString(),
  service: 's3',
  action: 'ListBuckets',
  region: 'eu-central-1',
  accessLevel: 'list',
  refused: false,
  resources: [],
  viaConsole: false,
  chained: false,
  sensitive: [],
});

async function stored(
  database: Database,
  ...changes: Array<Partial<UnbrokeredRow>>
): Promise<UnbrokeredRow[]> {
  const rows = changes.map(change => aUseRow(change));
  for (const row of rows) {
    await database.unbrokered.insert(row);
  }
  return rows;
}

describe('unbrokered uses, in the database', () => {
  describeDatabases((_name, open) => {
    it('keeps a use as it was found', async () => {
      const { database } = await open();
      const [row] = await stored(database, {
        leaseId: '01K6F000000000000000000000',
        person: 'user:default/mary',
        emergencyUser: 'Seal 1',
        via: 'topic',
        seenInLogs: false,
      });
      expect(await database.unbrokered.get(row.id)).toEqual(row);
      expect(await database.unbrokered.findByIdentity([row.identity])).toEqual([
        row,
      ]);
      expect(await database.unbrokered.get('nothing')).toBeUndefined();
    });

    it('takes each identity once, also at once', async () => {
      const { database } = await open();
      const { identity } = aUseRow();
      const taken = await Promise.all(
        [1, 2, 3, 4].map(() =>
          database.transaction(stores =>
            stores.unbrokered.insert(aUseRow({ identity })),
          ),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await database.unbrokered.count({})).toBe(1);
    });

    it('changes by compare-and-set, and never what makes it that use', async () => {
      const { database } = await open();
      const [row] = await stored(database, {});
      const { unbrokered } = database;
      expect(await unbrokered.update(row.id, 1, { state: 'justified' })).toBe(
        true,
      );
      expect(await unbrokered.update(row.id, 1, { state: 'open' })).toBe(false);
      expect(await unbrokered.get(row.id)).toMatchObject({
        state: 'justified',
        version: 2,
      });
      await expect(
        unbrokered.update(row.id, 2, { identity: '0' }),
      ).rejects.toThrow('identity of an unbrokered use never change');
    });

    it('pages by key, newest first', async () => {
      const { database } = await open();
      const [a, b, c] = await stored(database, {}, {}, {});
      const first = await database.unbrokered.list({}, { limit: 2 });
      expect(first.map(row => row.id)).toEqual([c.id, b.id]);
      const rest = await database.unbrokered.list(
        {},
        { limit: 2, before: b.id },
      );
      expect(rest.map(row => row.id)).toEqual([a.id]);
    });

    it.each<[string, UnbrokeredFilter]>([
      ['state', { states: ['flagged'] }],
      ['account', { accountRef: 'resource:default/other' }],
      ['lease', { leaseId: '01K6F000000000000000000000' }],
      ['being seen', { seenInLogs: false }],
      ['time', { before: NOON, since: NOON - 1 }],
      ['owner', { involving: { owners: ['user:default/mary'] } }],
    ])('filters by %s', async (_what, filter) => {
      const { database } = await open();
      const [, wanted] = await stored(
        database,
        {},
        {
          state: 'flagged',
          accountRef: 'resource:default/other',
          leaseId: '01K6F000000000000000000000',
          seenInLogs: false,
          at: NOON - 1,
          owner: 'user:default/mary',
        },
      );
      const found = await database.unbrokered.list(filter, { limit: 9 });
      expect(found).toEqual([wanted]);
      expect(await database.unbrokered.count(filter)).toBe(1);
    });

    it('waits for its owner to explain it, then for a reviewer who is not involved', async () => {
      const { database } = await open();
      const owner = 'group:default/incident-responders';
      const rita = 'user:default/rita';
      const justified = { state: 'justified' as const };
      const [open1, ready] = await stored(
        database,
        {},
        { ...justified },
        { ...justified, person: rita },
        { ...justified, justifiedBy: rita },
        { ...justified, owner: rita },
        { state: 'accepted' },
      );
      const waiting = async (
        owners: string[],
        reviewer?: { refs: string[] },
      ) => {
        const rows = await database.unbrokered.list(
          { waitingFor: { owners, reviewer } },
          { limit: 9 },
        );
        return rows.map(row => row.id);
      };
      expect(await waiting([owner])).toEqual([open1.id]);
      expect(await waiting([rita], { refs: [rita] })).toEqual([ready.id]);
      expect(await waiting([rita])).toEqual([]);
    });

    it('reminds once in an interval, at once or not, of what waits and is due', async () => {
      const { database } = await open();
      const [due] = await stored(
        database,
        { dueAt: NOON },
        { dueAt: NOON + HOUR },
        { dueAt: NOON, state: 'accepted' },
      );
      const { unbrokered } = database;
      const remindable = async (before: number) =>
        (await unbrokered.remindable(NOON + 1, before, 9)).map(row => row.id);
      expect(await remindable(NOON)).toEqual([due.id]);
      const reminded = await Promise.all(
        [1, 2, 3].map(() => unbrokered.reminded(due.id, NOON, NOON - HOUR)),
      );
      expect(reminded.filter(Boolean)).toHaveLength(1);
      expect(await remindable(NOON - HOUR)).toEqual([]);
      expect(await remindable(NOON + 1)).toEqual([due.id]);
      expect((await unbrokered.get(due.id))!.version).toBe(1);
    });

    it('escalates once', async () => {
      const { database } = await open();
      const [due] = await stored(
        database,
        { dueAt: NOON },
        { dueAt: NOON, state: 'flagged' },
      );
      const { unbrokered } = database;
      const rows = await unbrokered.escalatable(NOON + 1, 9);
      expect(rows.map(row => row.id)).toEqual([due.id]);
      expect(await unbrokered.escalated(due.id, NOON)).toBe(true);
      expect(await unbrokered.escalated(due.id, NOON)).toBe(false);
      expect(await unbrokered.escalatable(NOON + 1, 9)).toEqual([]);
    });

    it('looks for the activity of each use in turn, one look at a time', async () => {
      const { database } = await open();
      const [use] = await stored(database, {}, { collectDueAt: undefined });
      const dueAt = use.collectDueAt!;
      const { unbrokered } = database;
      const due = async (now: number) =>
        (await unbrokered.collectDue(now, 9)).map(row => row.id);
      expect(await due(dueAt - 1)).toEqual([]);
      expect(await due(dueAt)).toEqual([use.id]);
      const taken = await Promise.all(
        [1, 2, 3].map(() =>
          unbrokered.collectAgain(use.id, dueAt, dueAt + HOUR),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await due(dueAt)).toEqual([]);
      expect(await unbrokered.collectAgain(use.id, dueAt + HOUR)).toBe(true);
      expect(await due(dueAt + 9 * HOUR)).toEqual([]);
    });

    it('keeps each event once, and pages them by time', async () => {
      const { database } = await open();
      const [use] = await stored(database, {});
      const { unbrokered } = database;
      const events = ['c', 'b', 'a'].map((id, at) => anEvent(id, at));
      await unbrokered.addEvents(use.id, events);
      await unbrokered.addEvents(use.id, events);
      const first = await unbrokered.events(use.id, { limit: 2 });
      expect(first).toMatchObject({ items: events.slice(0, 2), total: 3 });
      const rest = await unbrokered.events(use.id, {
        limit: 2,
        cursor: first.nextCursor,
      });
      expect(rest.items).toEqual(events.slice(2));
      expect(rest.nextCursor).toBeUndefined();
    });

    it('keeps the verdicts of a use', async () => {
      const { database } = await open();
      const [use] = await stored(database, {});
      const review = aUseReviewRow({
        useId: use.id,
        followUps: [{ title: 'Seal it again' }],
      });
      await database.unbrokered.addReview(review);
      expect(await database.unbrokered.reviewsOf(use.id)).toEqual([review]);
    });

    it('pitfall 25: gives a scan to one of several replicas, and makes a crash up', async () => {
      const { database } = await open();
      const { unbrokered } = database;
      const claim = (now: number) =>
        unbrokered.claimScan('aws', now, now + MINUTE);
      const claims = await Promise.all([1, 2, 3].map(() => claim(NOON)));
      expect(claims.filter(Boolean)).toEqual([{ scannedTo: undefined }]);
      expect(await claim(NOON + MINUTE - 1)).toBeUndefined();
      expect(await claim(NOON + MINUTE)).toEqual({ scannedTo: undefined });
      const late = { scannedTo: NOON - HOUR, nextAt: 0 };
      expect(await unbrokered.endScan('aws', NOON + MINUTE, late)).toBe(false);
      expect(
        await unbrokered.endScan('aws', NOON + 2 * MINUTE, {
          scannedTo: NOON,
          nextAt: NOON + 15 * MINUTE,
          problem: 'A file is damaged.',
        }),
      ).toBe(true);
      expect(await claim(NOON + 15 * MINUTE - 1)).toBeUndefined();
      expect(await claim(NOON + 15 * MINUTE)).toEqual({ scannedTo: NOON });
      expect(await unbrokered.scans()).toEqual([
        { name: 'aws', scannedTo: NOON, problem: 'A file is damaged.' },
      ]);
    });
  });
});
