import fc from 'fast-check';
import { statusAt } from '../leases/lifecycle';
import { describeDatabases } from '../testing/databases';
import {
  aLeaseRow,
  anActiveLeaseRow,
  anId,
  aSessionRow,
  NOON,
} from '../testing/rows';
import { Database, LeaseRow, StoredStatus } from './types';

const MINUTE = 60_000;
/** The databases' own errors are of another realm than jest's. */
const REFUSED = { message: expect.stringMatching(/check|constraint/i) };
const STORED: StoredStatus[] = [
  'pending',
  'approved',
  'rejected',
  'cancelled',
  'lapsed',
  'expired',
  'ended',
  'revoked',
];
const SHOWN = [
  'pending',
  'scheduled',
  'active',
  'rejected',
  'cancelled',
  'lapsed',
  'expired',
  'ended',
  'revoked',
];

async function put(database: Database, ...rows: LeaseRow[]) {
  for (const row of rows) {
    await database.leases.insert(row);
  }
}

const ids = (rows: LeaseRow[]) => rows.map(row => row.id);

describe('leases in the database', () => {
  describeDatabases((_name, open) => {
    it('hands out what was put in, and nothing that was not', async () => {
      const { database } = await open();
      const least = aLeaseRow({
        beneficiary: undefined,
        beneficiaryKey: undefined,
        ticket: undefined,
      });
      const most = anActiveLeaseRow({
        startAt: NOON,
        closedAt: NOON,
        closedBy: 'user:default/mary',
        closeComment: 'done',
        issuingStopped: 'the role changed',
        kill: 'probed',
        killRequestedAt: NOON,
        killAcceptedAt: NOON,
        killProbedAt: NOON,
        reviewState: 'open',
        reviewDueAt: NOON,
        collectDueAt: NOON,
        idempotencyKey: 'once',
      });
      await put(database, least, most);
      expect(await database.leases.get(least.id)).toEqual(least);
      expect(await database.leases.get(most.id)).toEqual(most);
      expect(await database.leases.get(anId())).toBeUndefined();
    });

    it('pitfall 18: keeps quotes, comments, newlines and unicode as they are', async () => {
      const { database } = await open();
      const reason = `'; DROP TABLE leases; -- "$1" ? \\ \n\r\t%_ 💥 ‮ é`;
      const row = aLeaseRow({ reason, requester: `user:default/o'neil` });
      await put(database, row);
      expect(await database.leases.get(row.id)).toEqual(row);
      const found = await database.leases.list(
        { requester: `user:default/o'neil`, now: NOON },
        { limit: 5 },
      );
      expect(ids(found)).toEqual([row.id]);
      const none = await database.leases.list(
        { requester: `x' OR '1'='1`, now: NOON },
        { limit: 5 },
      );
      expect(none).toEqual([]);
    });

    it('takes text with NUL and half surrogates, made storable', async () => {
      const { database } = await open();
      const row = aLeaseRow({ reason: 'a\0b\ud800c' });
      await put(database, row);
      const read = await database.leases.get(row.id);
      expect(read!.reason).toBe('a\ufffdb\ufffdc');
    });

    it('refuses a status that there is not, and an approval without times', async () => {
      const { database } = await open();
      await expect(
        put(database, aLeaseRow({ status: 'approved' })),
      ).rejects.toMatchObject(REFUSED);
      await expect(
        put(database, aLeaseRow({ status: 'active' as StoredStatus })),
      ).rejects.toMatchObject(REFUSED);
    });

    it('refuses an instant with a fraction', async () => {
      const { database } = await open();
      await expect(
        put(database, aLeaseRow({ requestedAt: NOON + 0.5 })),
      ).rejects.toThrow('requestedAt must be a whole number');
    });

    it('I5: of 50 changes at once on one version, one wins', async () => {
      const { database } = await open();
      const row = aLeaseRow();
      await put(database, row);
      const wins = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          database.transaction(stores =>
            stores.leases.update(row.id, 1, {
              status: 'rejected',
              closedBy: `user:default/approver-${index}`,
            }),
          ),
        ),
      );
      expect(wins.filter(Boolean)).toHaveLength(1);
      const after = await database.leases.get(row.id);
      expect(after).toMatchObject({ version: 2, status: 'rejected' });
      expect(after!.closedBy).toBe(
        `user:default/approver-${wins.indexOf(true)}`,
      );
    });

    it('clears what is given as undefined, and leaves what is not given', async () => {
      const { database } = await open();
      const row = anActiveLeaseRow({ collectDueAt: NOON, reviewDueAt: NOON });
      await put(database, row);
      await database.leases.update(row.id, 1, { collectDueAt: undefined });
      const after = await database.leases.get(row.id);
      expect(after).not.toHaveProperty('collectDueAt');
      expect(after!.reviewDueAt).toBe(NOON);
    });

    it.each([
      'requester',
      'scope',
      'scopeHash',
      'roleArn',
      'reason',
      'version',
    ])('pitfall 4: never changes the %s of a lease', async property => {
      const { database } = await open();
      const row = aLeaseRow();
      await put(database, row);
      await expect(
        database.leases.update(row.id, 1, { [property]: 'x' }),
      ).rejects.toThrow(`cannot change its ${property}`);
    });

    it('rolls everything back where a part fails', async () => {
      const { database } = await open();
      const row = aLeaseRow();
      await expect(
        database.transaction(async stores => {
          await stores.leases.insert(row);
          await stores.outbox.enqueue([{ kind: 'kill', leaseId: row.id }], 1);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await database.leases.get(row.id)).toBeUndefined();
      expect((await database.outbox.lag(1)).waiting).toBe(0);
    });

    it('pitfall 6: a repeated Idempotency-Key makes no second lease, also at once', async () => {
      const { database } = await open();
      const rows = Array.from({ length: 5 }, () =>
        aLeaseRow({ idempotencyKey: 'once' }),
      );
      const inserted = await Promise.all(
        rows.map(row => database.leases.insert(row)),
      );
      expect(inserted.filter(Boolean)).toHaveLength(1);
      const kept = await database.leases.findByIdempotencyKey(
        'user:default/mary',
        'once',
      );
      expect(ids(rows)).toContain(kept!.id);
      await put(
        database,
        aLeaseRow({ idempotencyKey: 'once', requester: 'user:default/rita' }),
        aLeaseRow(),
        aLeaseRow(),
      );
    });

    it('pitfall 23: lists are paged by key in the database', async () => {
      const { database, knex } = await open();
      const rows = Array.from({ length: 7 }, () => aLeaseRow());
      await put(database, ...rows);
      const newest = ids(rows).reverse();
      const queries: string[] = [];
      knex.on('query', query => queries.push(query.sql));
      const first = await database.leases.list({ now: NOON }, { limit: 3 });
      const second = await database.leases.list(
        { now: NOON },
        { limit: 3, before: first[2].id },
      );
      const third = await database.leases.list(
        { now: NOON },
        { limit: 3, before: second[2].id },
      );
      expect(ids([...first, ...second, ...third])).toEqual(newest);
      expect(queries).toHaveLength(3);
      queries.forEach(sql => expect(sql).toMatch(/order by .* limit/));
      const oldest = await database.leases.list(
        { now: NOON },
        { limit: 3, before: rows[0].id },
        'oldest',
      );
      expect(ids(oldest)).toEqual(ids(rows.slice(1, 4)));
    });

    it('filters by every part of the filter, and by nothing for an empty list', async () => {
      const { database } = await open();
      const mine = aLeaseRow({ requestedAt: NOON + 5 });
      const other = aLeaseRow({
        requester: 'user:default/daniel',
        beneficiary: undefined,
        accountRef: 'resource:default/other',
        accountOwner: 'group:default/other',
        roleId: 'incident',
        reviewState: 'open',
      });
      await put(database, mine, other);
      const found = async (filter: object) =>
        ids(await database.leases.list({ now: NOON, ...filter }, { limit: 9 }));
      expect(await found({ requester: mine.requester })).toEqual([mine.id]);
      expect(await found({ accountRef: mine.accountRef })).toEqual([mine.id]);
      expect(await found({ roleIds: ['incident'] })).toEqual([other.id]);
      expect(await found({ reviewStates: ['open'] })).toEqual([other.id]);
      expect(await found({ from: NOON + 5 })).toEqual([mine.id]);
      expect(await found({ to: NOON + 5 })).toEqual([other.id]);
      expect(await found({ ids: [other.id] })).toEqual([other.id]);
      for (const ref of ['user:default/mary', 'user:default/alice']) {
        expect(await found({ involving: [ref] })).toEqual([mine.id]);
      }
      expect(await found({ involving: ['group:default/other'] })).toEqual([
        other.id,
      ]);
      expect(
        await found({
          involving: ['user:default/alice'],
          roleIds: ['incident'],
        }),
      ).toEqual([]);
      for (const empty of ['ids', 'roleIds', 'statuses', 'involving']) {
        expect(await found({ [empty]: [] })).toEqual([]);
      }
      expect(await database.leases.count({ now: NOON })).toBe(2);
      expect(
        await database.leases.count({ now: NOON, reviewStates: ['open'] }),
      ).toBe(1);
    });

    it('the filter by status says what the clock says, for any lease', async () => {
      const { database, knex } = await open();
      const near = fc.integer({ min: -3, max: 3 });
      const lease = fc
        .record({
          status: fc.constantFrom(...STORED),
          lapse: near,
          from: near,
          length: fc.integer({ min: 1, max: 4 }),
        })
        .map(({ status, lapse, from, length }) =>
          aLeaseRow({
            status,
            lapsesAt: NOON + lapse,
            activeFrom: NOON + from,
            expiresAt: NOON + from + length,
          }),
        );
      await fc.assert(
        fc.asyncProperty(
          fc.array(lease, { minLength: 1, maxLength: 8 }),
          async rows => {
            await knex('leases').delete();
            await put(database, ...rows);
            for (const status of SHOWN) {
              const expected = rows.filter(
                row => statusAt(row, NOON) === status,
              );
              const filter = { statuses: [status], now: NOON };
              const found = await database.leases.list(filter, { limit: 99 });
              expect(ids(found)).toEqual(ids(expected).reverse());
              expect(await database.leases.count(filter)).toBe(found.length);
            }
          },
        ),
        { numRuns: 25 },
      );
    });

    it('finds the leases whose stored status lags the clock', async () => {
      const { database } = await open();
      const lapsed = aLeaseRow({ lapsesAt: NOON });
      const expired = anActiveLeaseRow({ activeFrom: 1, expiresAt: NOON });
      await put(
        database,
        aLeaseRow({ lapsesAt: NOON + 1 }),
        lapsed,
        anActiveLeaseRow({ expiresAt: NOON + 1 }),
        expired,
        aLeaseRow({ status: 'lapsed', lapsesAt: NOON }),
      );
      expect(ids(await database.leases.due(NOON, 10))).toEqual([
        lapsed.id,
        expired.id,
      ]);
      expect(await database.leases.due(NOON, 1)).toHaveLength(1);
    });

    it('finds the leases whose activity is due, the longest waiting first', async () => {
      const { database } = await open();
      const later = aLeaseRow({
        reviewState: 'collecting',
        collectDueAt: NOON,
      });
      const sooner = aLeaseRow({ reviewState: 'collecting', collectDueAt: 5 });
      await put(
        database,
        later,
        sooner,
        aLeaseRow({ reviewState: 'collecting', collectDueAt: NOON + 1 }),
        aLeaseRow({ reviewState: 'collecting' }),
        aLeaseRow({ reviewState: 'open', collectDueAt: NOON }),
      );
      expect(ids(await database.leases.collectDue(NOON, 10))).toEqual([
        sooner.id,
        later.id,
      ]);
    });

    it('names the closed leases on a role whose credentials may still live', async () => {
      const { database } = await open();
      const closed = (change: Partial<LeaseRow> = {}) =>
        aLeaseRow({ status: 'ended', closedAt: NOON, ...change });
      const live = closed();
      const issuing = closed({ status: 'revoked' });
      const expired = anActiveLeaseRow({ expiresAt: NOON + 1 });
      const active = anActiveLeaseRow();
      const dead = closed();
      const refused = closed();
      const elsewhere = closed({ roleArn: 'arn:aws:iam::1:role/Other' });
      const rows = [live, issuing, expired, active, dead, refused, elsewhere];
      await put(database, ...rows, closed());
      const now = NOON + 75 * MINUTE;
      const end = (row: LeaseRow, expiresAt: number, state = 'issued') =>
        database.sessions.insert(
          aSessionRow({ leaseId: row.id, expiresAt, state: state as 'issued' }),
        );
      await end(live, now - 15 * MINUTE + 1);
      await end(issuing, now, 'issuing');
      await end(expired, now);
      await end(active, now);
      await end(dead, now - 15 * MINUTE);
      await end(refused, now, 'refused');
      await end(elsewhere, now);
      expect(ids(await database.leases.killable(live.roleArn, now))).toEqual([
        live.id,
        issuing.id,
        expired.id,
      ]);
    });

    it('I9: finds closed leases with live sessions by their boundary policy too', async () => {
      const { database } = await open();
      const under = (killPolicyArn: string) =>
        anActiveLeaseRow({ status: 'ended', closedAt: NOON, killPolicyArn });
      const [found, other] = [under('one'), under('two')];
      for (const row of [found, other]) {
        await database.leases.insert(row);
        await database.sessions.insert(aSessionRow({ leaseId: row.id }));
      }
      expect(ids(await database.leases.killableUnder('one', NOON))).toEqual([
        found.id,
      ]);
    });

    it('I4: where a lease is killed was fixed with the request', async () => {
      const { database } = await open();
      const row = aLeaseRow({ killPolicyArn: 'one', killerRoleArn: 'killer' });
      await database.leases.insert(row);
      expect(await database.leases.get(row.id)).toEqual(row);
      await expect(
        database.leases.update(row.id, 1, { killPolicyArn: 'two' }),
      ).rejects.toThrow('killPolicyArn');
    });

    it('a lease is locked in a transaction only', async () => {
      const { database } = await open();
      const row = aLeaseRow();
      await database.leases.insert(row);
      await expect(database.leases.lock(row.id)).rejects.toThrow(TypeError);
      expect(
        await database.transaction(stores => stores.leases.lock(row.id)),
      ).toEqual(row);
    });
  });
});
