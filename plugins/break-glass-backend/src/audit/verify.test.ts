import { Knex } from 'knex';
import { chainHash } from '../database/auditChain';
import { AuditStore, AuditVerification } from '../database/types';
import { appendEntries, dropAuditTriggers, rechain } from '../testing/audit';
import { describeDatabases } from '../testing/databases';
import { Anchor } from './AuditAnchor';
import { verifyAudit } from './verify';

async function anchorOf(audit: AuditStore): Promise<Anchor> {
  return { ...(await audit.head()), at: '2026-10-01T12:00:00.000Z' };
}

const found = ({ problems }: AuditVerification) =>
  problems.map(({ seq, kind }) => `${kind} ${seq}`);

describe('verifying the audit log', () => {
  describeDatabases((_name, open) => {
    async function aLogOf(count: number) {
      const opened = await open();
      await appendEntries(opened.database.audit, count);
      return { ...opened, audit: opened.database.audit };
    }

    async function tampered(
      change: (knex: Knex) => Promise<unknown>,
      anchors: Anchor[] = [],
    ) {
      const { audit, knex } = await aLogOf(9);
      await dropAuditTriggers(knex);
      await change(knex);
      return verifyAudit(audit, { anchors, unreadable: [] });
    }

    it('finds an honest log intact', async () => {
      const { audit } = await aLogOf(9);
      const anchors = [await anchorOf(audit)];
      expect(await verifyAudit(audit, { anchors, unreadable: [] })).toEqual({
        intact: true,
        entries: 9,
        headHash: anchors[0].hash,
        anchoredSeq: 9,
        problems: [],
      });
      const { audit: empty } = await aLogOf(0);
      expect(await verifyAudit(empty)).toMatchObject({
        intact: true,
        entries: 0,
      });
    });

    it('stays calm while others append', async () => {
      const { audit } = await aLogOf(3);
      const [first, , last] = await Promise.all([
        verifyAudit(audit),
        appendEntries(audit, 20),
        verifyAudit(audit),
      ]);
      expect(first.problems).toEqual([]);
      expect(last.problems).toEqual([]);
    });

    it.each(['actor', 'action', 'details', 'at'])(
      'I6: names an entry whose %s was changed behind its back',
      async column => {
        const value = { actor: 'x', action: 'x', details: '{"a":1}', at: 7 };
        const result = await tampered(knex =>
          knex('audit_log')
            .where({ seq: 5 })
            .update({ [column]: value[column as 'at'] }),
        );
        expect(result.intact).toBe(false);
        expect(found(result)).toEqual(['changed 5']);
        expect(result.problems[0].message).toContain('Entry 5 was changed');
      },
    );

    it('I6: names an entry that was changed with its hash', async () => {
      const { audit, knex } = await aLogOf(9);
      await dropAuditTriggers(knex);
      const [row] = await audit.list({}, { limit: 1, beforeSeq: 6 });
      const forged = { ...row, actor: 'user:default/other' };
      const hash = chainHash(row.prevHash, row.seq, forged);
      await knex('audit_log')
        .where({ seq: 5 })
        .update({ actor: forged.actor, hash });
      expect(found(await verifyAudit(audit))).toEqual(['changed 5']);
    });

    it('I6: names the last entry where it was changed with its hash', async () => {
      const result = await tampered(async knex => {
        await knex('audit_log').where({ seq: 9 }).update({ actor: 'x' });
        const { seq, hash } = await knex('audit_head').first();
        await rechain(knex);
        await knex('audit_head').update({ seq, hash });
      });
      expect(found(result)).toEqual(['changed 9']);
    });

    it('I6: names a gap', async () => {
      const result = await tampered(knex =>
        knex('audit_log').whereIn('seq', [4, 5]).delete(),
      );
      expect(found(result)).toEqual(['gap 4']);
      expect(result.problems[0].message).toBe('Entry 4 to 5 are missing');
    });

    it('pitfall 39: names a tail that was cut', async () => {
      const result = await tampered(knex =>
        knex('audit_log').where('seq', '>', 6).delete(),
      );
      expect(found(result)).toEqual(['cut 7']);
      expect(result.problems[0].message).toContain('up to 9');
    });

    it('pitfall 39: names an emptied log', async () => {
      expect(found(await tampered(knex => knex('audit_log').delete()))).toEqual(
        ['cut 1'],
      );
    });

    it('I6: names an entry that stands beyond the head', async () => {
      const result = await tampered(async knex => {
        const row = await knex('audit_log').where({ seq: 9 }).first();
        await knex('audit_log').insert({ ...row, seq: 12 });
      });
      expect(found(result)).toEqual(['changed 12']);
    });

    it('I6: names an entry that was put before the log', async () => {
      const result = await tampered(async knex => {
        const row = await knex('audit_log').where({ seq: 9 }).first();
        await knex('audit_log').insert({ ...row, seq: 0 });
      });
      expect(found(result)).toContain('changed 0');
    });

    it('pitfall 39: a log rewritten whole fits itself, but not its anchors', async () => {
      const { audit, knex } = await aLogOf(2);
      const early = await anchorOf(audit);
      await appendEntries(audit, 4);
      const late = await anchorOf(audit);
      await appendEntries(audit, 3);
      await dropAuditTriggers(knex);
      await knex('audit_log').where({ seq: 4 }).update({ actor: 'x' });
      await rechain(knex);
      expect((await verifyAudit(audit)).intact).toBe(true);
      const result = await verifyAudit(audit, {
        anchors: [early, late],
        unreadable: [],
      });
      expect(found(result)).toEqual(['rewritten 6']);
      expect(result.problems[0].message).toContain('after entry 2');
    });

    it('pitfall 39: a log cut with its head, or restored from yesterday, is behind its anchor', async () => {
      const { audit, knex } = await aLogOf(6);
      const yesterday = await audit.head();
      await appendEntries(audit, 3);
      const anchors = [await anchorOf(audit)];
      await dropAuditTriggers(knex);
      await knex('audit_log').where('seq', '>', 6).delete();
      await knex('audit_head').update(yesterday);
      expect((await verifyAudit(audit)).intact).toBe(true);
      expect(
        found(await verifyAudit(audit, { anchors, unreadable: [] })),
      ).toEqual(['anchor-mismatch 9']);
    });

    it('says which line of the anchor file cannot be read', async () => {
      const { audit } = await aLogOf(1);
      const result = await verifyAudit(audit, { anchors: [], unreadable: [3] });
      expect(result.intact).toBe(false);
      expect(result.problems[0].message).toContain('Line 3');
    });
  });
});
