import { describeDatabases } from '../testing/databases';
import { anId, NOON } from '../testing/rows';
import { chainHash, GENESIS_HASH } from './auditChain';
import { WITHHELD } from './refuseSecrets';
import { AuditEvent, AuditRow, AuditStore } from './types';

function anEvent(change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    at: NOON,
    actor: 'user:default/mary',
    action: 'lease.request',
    outcome: 'done',
    details: {},
    ...change,
  };
}

async function allOf(audit: AuditStore, fromSeq?: number) {
  const rows: AuditRow[] = [];
  for await (const row of audit.scan(fromSeq)) {
    rows.push(row);
  }
  return rows;
}

describe('the audit log in the database', () => {
  describeDatabases((_name, open) => {
    it('I6: 100 entries at once make one chain without a gap', async () => {
      const { database } = await open();
      await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          database.transaction(stores =>
            stores.audit.append(anEvent({ details: { index } })),
          ),
        ),
      );
      const rows = await allOf(database.audit);
      expect(rows.map(row => row.seq)).toEqual(rows.map((_, i) => i + 1));
      expect(rows).toHaveLength(100);
      let previous = GENESIS_HASH;
      for (const row of rows) {
        expect(row.prevHash).toBe(previous);
        expect(row.hash).toBe(chainHash(previous, row.seq, row));
        previous = row.hash;
      }
      expect(await database.audit.head()).toEqual({ seq: 100, hash: previous });
    });

    it('I5: an entry goes away with its transaction, and its number is used again', async () => {
      const { database } = await open();
      const undone = database.transaction(async stores => {
        await stores.audit.append(anEvent());
        throw new Error('lost the race');
      });
      await expect(undone).rejects.toThrow('lost the race');
      const row = await database.audit.append(anEvent());
      expect(row.seq).toBe(1);
      expect(await allOf(database.audit)).toEqual([row]);
    });

    it('hashes what it hands out again, whatever the text', async () => {
      const { database } = await open();
      const odd = `"'\\\n\0\ud800 💥 ‮`;
      await database.audit.append(
        anEvent({
          actor: odd,
          code: odd,
          accountRef: odd,
          leaseId: anId(),
          details: { [odd]: odd, none: undefined, z: 1e21, a: [-0, 0.1, null] },
        }),
      );
      const [row] = await allOf(database.audit);
      expect(chainHash(row.prevHash, row.seq, row)).toBe(row.hash);
    });

    it.each([
      'UPDATE audit_log SET actor = actor',
      `UPDATE audit_log SET actor = 'user:default/other' WHERE seq = 1`,
      'DELETE FROM audit_log WHERE seq = 2',
      'DELETE FROM audit_log',
      'DELETE FROM audit_head',
      'UPDATE audit_head SET seq = 1',
      'UPDATE audit_head SET seq = seq + 2',
      `UPDATE audit_head SET hash = 'x'`,
      `INSERT INTO audit_head (id, seq, hash) VALUES (2, 0, 'x')`,
      `INSERT INTO audit_log (seq, at, actor, action, outcome, details, prev_hash, hash)
         VALUES (3, 1, 'a', 'b', 'done', '{}', 'x', 'y')`,
    ])('I6: the database refuses %s', async sql => {
      const { database, knex } = await open();
      await database.audit.append(anEvent());
      await database.audit.append(anEvent());
      const before = await allOf(database.audit);
      await expect(knex.raw(sql)).rejects.toMatchObject({
        message: expect.stringMatching(/refused|forward|follow/),
      });
      expect(await allOf(database.audit)).toEqual(before);
      expect((await database.audit.head()).seq).toBe(2);
    });

    it.each([
      { secretAccessKey: 'x' },
      { nested: [{ aws_session_token: 'x' }] },
      { SigninToken: 'x' },
      { signInUrl: 'x' },
      { 'console-url': 'x' },
    ])('I10: refuses details that look like a secret: %j', async details => {
      const { database } = await open();
      await expect(database.audit.append(anEvent({ details }))).rejects.toThrow(
        /looks like a secret/,
      );
      expect((await database.audit.head()).seq).toBe(0);
    });

    it.each([
      'done, dropped X-Amz-Security-Token',
      'rotate the leaked aws_session_token of Alice',
      'https://signin.example/?Action=login&SigninToken=abc',
    ])(
      'I4, I10: withholds a text of people, and writes the rest: %s',
      async text => {
        const { database } = await open();
        const details = {
          comment: text,
          followUps: [{ title: text }, { title: 'Rotate' }],
          closedAt: NOON,
        };
        await database.audit.append(anEvent({ details }));
        const [row] = await database.audit.list({}, { limit: 1 });
        expect(row.details).toEqual({
          comment: WITHHELD,
          followUps: [{ title: WITHHELD }, { title: 'Rotate' }],
          closedAt: NOON,
        });
        const { seq, prevHash, hash, ...event } = row;
        expect(chainHash(prevHash, seq, event)).toBe(hash);
      },
    );

    it('filters and pages in the database, newest first', async () => {
      const { database } = await open();
      const leaseId = anId();
      const accountRef = 'resource:default/payroll';
      await database.audit.append(anEvent());
      await database.audit.append(anEvent({ leaseId, at: NOON + 1 }));
      await database.audit.append(anEvent({ accountRef, at: NOON + 2 }));
      await database.audit.append(anEvent({ actor: 'system', at: NOON + 3 }));
      await database.audit.append(
        anEvent({ action: 'lease.decide', outcome: 'refused', at: NOON + 4 }),
      );
      const found = async (filter: object, beforeSeq?: number) =>
        (await database.audit.list(filter, { limit: 3, beforeSeq })).map(
          row => row.seq,
        );
      expect(await found({})).toEqual([5, 4, 3]);
      expect(await found({}, 3)).toEqual([2, 1]);
      expect(await found({ leaseId })).toEqual([2]);
      expect(await found({ accountRef })).toEqual([3]);
      expect(await found({ actor: 'system' })).toEqual([4]);
      expect(await found({ action: 'lease.decide' })).toEqual([5]);
      expect(await found({ outcome: 'refused' })).toEqual([5]);
      expect(await found({ from: NOON + 1, to: NOON + 3 })).toEqual([3, 2]);
      expect(await database.audit.countRefused('user:default/mary', NOON)).toBe(
        1,
      );
      expect(
        await database.audit.countRefused('user:default/mary', NOON + 5),
      ).toBe(0);
    });

    it('scans in order from any entry, over more than one batch', async () => {
      const { database } = await open();
      await database.transaction(async stores => {
        for (let index = 0; index < 1_001; index += 1) {
          await stores.audit.append(anEvent());
        }
      });
      const seqs = (await allOf(database.audit, 3)).map(row => row.seq);
      expect(seqs).toHaveLength(999);
      expect(seqs[0]).toBe(3);
      expect(seqs[998]).toBe(1_001);
    });
  });

  describeDatabases((name, open) => {
    it('I6: PostgreSQL refuses TRUNCATE too, SQLite replacing rows', async () => {
      const { database, knex } = await open();
      const { seq, prevHash } = await database.audit.append(anEvent());
      const attempts =
        name === 'SQLITE_3'
          ? [
              `INSERT OR REPLACE INTO audit_log (seq, at, actor, action, outcome, details, prev_hash, hash)
               VALUES (${seq}, 1, 'a', 'b', 'done', '{}', '${prevHash}', 'y')`,
              `INSERT OR REPLACE INTO audit_head (id, seq, hash) VALUES (1, 0, '${prevHash}')`,
            ]
          : [
              'TRUNCATE audit_log',
              'TRUNCATE audit_head',
              'TRUNCATE audit_log, audit_head CASCADE',
            ];
      for (const sql of attempts) {
        await expect(knex.raw(sql)).rejects.toMatchObject({
          message: expect.stringMatching(/refused|follow/),
        });
      }
      expect(await database.audit.head()).toMatchObject({ seq });
      expect(await allOf(database.audit)).toHaveLength(1);
    });
  });
});
