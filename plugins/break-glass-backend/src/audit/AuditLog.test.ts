import { mockServices } from '@backstage/backend-test-utils';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditRow, Database } from '../database/types';
import { anAuditEvent, appendEntries } from '../testing/audit';
import { describeDatabases } from '../testing/databases';
import { anId, NOON } from '../testing/rows';
import { AuditAnchor } from './AuditAnchor';
import { AuditLog, REFUSED_PER_MINUTE } from './AuditLog';
import { AuditSpool } from './AuditSpool';

describe('the way into the audit log', () => {
  let folder: string;
  let now = NOON;
  beforeEach(async () => {
    now = NOON;
    folder = await mkdtemp(join(tmpdir(), 'audit-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function anAuditLog(database: Database) {
    const file = join(folder, 'spool.jsonl');
    const spool = new AuditSpool({ file, database });
    const anchor = new AuditAnchor(join(folder, 'anchors.jsonl'));
    const logger = mockServices.logger.mock();
    const clock = { now: () => now };
    const audit = new AuditLog({ database, clock, logger, spool, anchor });
    return { audit, spool, logger, file, anchor };
  }

  const entries = async (database: Database): Promise<AuditRow[]> =>
    (await database.audit.list({}, { limit: 200 })).reverse();

  const refusal = (actor = 'user:default/mary') => ({
    actor,
    action: 'lease.decide',
    code: 'self-approval',
    details: {},
  });

  describeDatabases((_name, open) => {
    it('dates an entry and writes it in the transaction of its caller', async () => {
      const { database } = await open();
      const { audit } = anAuditLog(database);
      await database.transaction(stores =>
        audit.record(stores, {
          actor: 'system',
          action: 'lease.expire',
          outcome: 'done',
          details: { a: 1 },
        }),
      );
      expect(await entries(database)).toEqual([
        expect.objectContaining({ seq: 1, at: NOON, actor: 'system' }),
      ]);
      expect(await audit.anchorTag()).toMatch(/^1:[0-9a-f]{32}$/);
    });

    it('I6: without the entry the action does not happen', async () => {
      const { database } = await open();
      const { audit } = anAuditLog(database);
      const act = database.transaction(async stores => {
        await stores.outbox.enqueue([{ kind: 'signal', leaseId: 'x' }], now);
        await audit.record(stores, anAuditEvent({ details: { password: 1 } }));
      });
      await expect(act).rejects.toThrow('looks like a secret');
      expect((await database.outbox.lag(now)).waiting).toBe(0);
    });

    it('pitfall 41: lists 30 refused attempts of a person a minute, then says once that there are more', async () => {
      const { database } = await open();
      const { audit } = anAuditLog(database);
      await Promise.all(
        Array.from({ length: 50 }, () => audit.refuse(refusal())),
      );
      await audit.refuse(refusal('user:default/bob'));
      const rows = await entries(database);
      const marys = rows.filter(row => row.actor === 'user:default/mary');
      expect(marys).toHaveLength(REFUSED_PER_MINUTE + 1);
      expect(marys[30]).toMatchObject({
        action: 'refusals-capped',
        code: 'rate-limited',
        outcome: 'refused',
      });
      expect(rows.filter(row => row.actor === 'user:default/bob')).toEqual([
        expect.objectContaining({ outcome: 'refused', code: 'self-approval' }),
      ]);
      now += 60_000;
      await audit.refuse(refusal());
      expect(await entries(database)).toHaveLength(REFUSED_PER_MINUTE + 3);
    });

    it('a refusal that cannot be written does not hide the error of its caller', async () => {
      const { database, knex } = await open();
      const { audit, logger } = anAuditLog(database);
      await knex.schema.renameTable('audit_head', 'away');
      await expect(audit.refuse(refusal())).resolves.toBeUndefined();
      expect(logger.error).toHaveBeenCalledTimes(1);
      await knex.schema.renameTable('away', 'audit_head');
      await audit.refuse(refusal());
      expect(await entries(database)).toHaveLength(1);
    });

    it('writes a refusal also where the id that was sent is none', async () => {
      const { database } = await open();
      const { audit } = anAuditLog(database);
      const leaseId = anId();
      await audit.refuse({ ...refusal(), leaseId: `${'x'.repeat(200)}'--` });
      await audit.refuse({ ...refusal(), leaseId });
      const [odd, plain] = await entries(database);
      expect(odd.leaseId).toBeUndefined();
      expect(odd.details).toEqual({ sent: 'x'.repeat(100) });
      expect(plain.leaseId).toBe(leaseId);
    });

    it('I4: entries of endings wait on disk and reach the log in their order', async () => {
      const { database, knex } = await open();
      const { audit, spool } = anAuditLog(database);
      await knex.schema.renameTable('audit_head', 'away');
      const ending = (action: string) =>
        audit.spool(anAuditEvent({ action, at: NOON - 5 }));
      await ending('lease.end');
      await ending('lease.revoke');
      expect(await spool.waiting()).toBe(2);
      await expect(spool.replay()).rejects.toBeDefined();
      expect(await spool.waiting()).toBe(2);
      await ending('lease.expire');
      await knex.schema.renameTable('away', 'audit_head');
      expect(await spool.replay()).toBe(3);
      expect(await spool.waiting()).toBe(0);
      expect(await spool.replay()).toBe(0);
      const rows = await entries(database);
      expect(rows.map(row => row.action)).toEqual([
        'lease.end',
        'lease.revoke',
        'lease.expire',
      ]);
      rows.forEach(row => {
        expect(row.at).toBe(NOON - 5);
        expect(row.details).toMatchObject({ spooled: true });
      });
    });

    it('pitfall 26: a crash in the middle of the replay repeats no entry', async () => {
      const { database } = await open();
      const { audit, spool, file } = anAuditLog(database);
      await audit.spool(anAuditEvent({ action: 'one' }));
      await audit.spool(anAuditEvent({ action: 'two' }));
      const kept = await readFile(file, 'utf8');
      expect(await spool.replay()).toBe(2);
      await appendFile(`${file}.crashed`, kept);
      await rename(`${file}.crashed`, `${file}.replaying`);
      expect(await spool.replay()).toBe(0);
      expect(await entries(database)).toHaveLength(2);
    });

    it('I4, I10: spools the entry of an ending, whatever a person wrote', async () => {
      const { database } = await open();
      const { audit, spool, file } = anAuditLog(database);
      const comment = 'dropped aws_session_token FwoGZXIvYXdz';
      await audit.spool(anAuditEvent({ details: { comment, closedAt: NOON } }));
      expect(await readFile(file, 'utf8')).not.toContain('FwoGZXIvYXdz');
      expect(await spool.replay()).toBe(1);
      const [row] = await entries(database);
      expect(row.details).toMatchObject({
        comment: '[withheld: looks like a secret]',
        closedAt: NOON,
        spooled: true,
      });
    });

    it('keeps a spooled line that cannot be read, and goes on with the others', async () => {
      const { database } = await open();
      const { audit, spool, file } = anAuditLog(database);
      await appendFile(file, '{"spoolId":"1","eve');
      await audit.spool(anAuditEvent());
      expect(await spool.replay()).toBe(1);
      expect(await readFile(`${file}.unreadable`, 'utf8')).toContain('"eve');
    });

    it('I4: an ending goes on where not even the disk can be written', async () => {
      const { database } = await open();
      const { audit, file, logger } = anAuditLog(database);
      await mkdir(file);
      await audit.spool(anAuditEvent());
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining('Neither'),
        expect.objectContaining({ actor: 'user:default/mary' }),
      );
    });

    it('pitfall 39: nothing is issued from a database older than its anchor', async () => {
      const { database: today } = await open();
      const { database: yesterday } = await open();
      await appendEntries(today.audit, 2);
      await anAuditLog(today).audit.anchor();
      await expect(
        anAuditLog(today).audit.assertNotRestored(),
      ).resolves.toBeUndefined();
      const { audit, logger } = anAuditLog(yesterday);
      await expect(audit.assertNotRestored()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        code: 'audit-restored',
      });
      expect(await audit.anchorState()).toMatchObject({ ok: false });
      await audit.anchor();
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining('ALARM'),
      );
      expect(await audit.verify()).toMatchObject({ intact: false });
    });

    it('says so where no anchor is configured', async () => {
      const { database } = await open();
      const { spool, logger } = anAuditLog(database);
      const clock = { now: () => now };
      const audit = new AuditLog({ database, clock, logger, spool });
      expect(await audit.anchorState()).toMatchObject({ ok: false });
      expect((await audit.anchor()).restored).toBe(false);
      await expect(audit.assertNotRestored()).resolves.toBeUndefined();
      expect(await audit.verify()).toMatchObject({ intact: true });
    });
  });
});
