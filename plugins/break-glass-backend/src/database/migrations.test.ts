import knexFactory, { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDatabases } from '../testing/databases';
import { aLeaseRow, aSessionRow } from '../testing/rows';
import { GENESIS_HASH } from './auditChain';
import { createDatabase } from './createDatabase';
import { isPostgres } from './dialect';
import { migrate, migrationsDirectory, openMigrated } from './migrate';

const TABLES = [
  'leases',
  'decisions',
  'sessions',
  'activity_events',
  'evidence',
  'reviews',
  'audit_log',
  'audit_head',
  'outbox',
  'residue',
  'follow_ups',
  'unbrokered_uses',
  'unbrokered_events',
  'unbrokered_reviews',
  'unbrokered_scans',
  'panics',
  'audit_anchored',
  'extensions',
  'extension_decisions',
  'broker_checks',
  'broker_check_results',
  'broker_check_keys',
];

async function tables(knex: Knex): Promise<string[]> {
  const there = await Promise.all(
    TABLES.map(async name => ((await knex.schema.hasTable(name)) ? name : '')),
  );
  return there.filter(Boolean);
}

/** Connections of another process to the same empty database. */
async function twoProcesses(knex: Knex, folder: string): Promise<Knex[]> {
  const { client, connection, pool } = knex.client.config;
  const settings = isPostgres(knex)
    ? { client, connection, pool }
    : {
        client,
        connection: { filename: join(folder, 'both.sqlite') },
        useNullAsDefault: true,
      };
  return [knexFactory(settings), knexFactory(settings)];
}

describe('migrations', () => {
  describeDatabases((_name, open) => {
    it('come up, go down and come up again', async () => {
      const { knex } = await open();
      expect(await tables(knex)).toEqual(TABLES);
      await knex.migrate.rollback({ directory: migrationsDirectory() }, true);
      expect(await tables(knex)).toEqual([]);
      await migrate(knex);
      expect(await tables(knex)).toEqual(TABLES);
      const row = await createDatabase(knex).audit.append({
        at: 1,
        actor: 'system',
        action: 'start',
        outcome: 'done',
        details: {},
      });
      expect(row).toMatchObject({ seq: 1, prevHash: GENESIS_HASH });
    });

    it('pitfall 25: two replicas start at once on an empty database', async () => {
      const { knex } = await open();
      await knex.migrate.rollback({ directory: migrationsDirectory() }, true);
      await knex.schema.dropTable('knex_migrations');
      await knex.schema.dropTable('knex_migrations_lock');
      const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
      const replicas = await twoProcesses(knex, folder);
      try {
        await Promise.all(replicas.map(migrate));
        expect(await tables(replicas[0])).toEqual(TABLES);
        expect(await replicas[1]('knex_migrations').select('name')).toEqual([
          { name: '20261101000000_init.js' },
          { name: '20261121000000_evidence.js' },
          { name: '20261128100000_approval_policy.js' },
          { name: '20261128120000_panics.js' },
          { name: '20261128150000_anchored.js' },
          { name: '20261128160000_requests.js' },
          { name: '20261128170000_ticket_check.js' },
          { name: '20261128180000_extensions.js' },
          { name: '20261128190000_reminders_and_limits.js' },
          { name: '20261128200000_review_queue.js' },
          { name: '20261128210000_audit_follow.js' },
          { name: '20261128220000_order_of_decisions.js' },
          { name: '20261128230000_broker_checks.js' },
          { name: '20261128240000_one_key_one_session.js' },
        ]);
      } finally {
        await Promise.all(replicas.map(replica => replica.destroy()));
        await rm(folder, { recursive: true });
      }
    });

    it('keep what waits in the outbox, and copy the approval policy out of scopes', async () => {
      const { knex, database } = await open();
      const lease = aLeaseRow();
      await database.leases.insert(lease);
      await database.outbox.enqueue([{ kind: 'kill', leaseId: lease.id }], 1);
      await database.outbox.enqueue([{ kind: 'panic', panicId: lease.id }], 1);
      const directory = migrationsDirectory();
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      await knex.migrate.down({ directory });
      expect(await knex('outbox').select('kind')).toEqual([{ kind: 'kill' }]);
      await migrate(knex);
      const [waiting] = await database.outbox.claim(2, 10, 1);
      expect(waiting.message).toEqual({ kind: 'kill', leaseId: lease.id });
      expect((await database.leases.get(lease.id))?.approvalPolicyId).toBe(
        lease.scope.approvalPolicy.id,
      );
      await expect(
        knex('outbox').insert({
          ...{ id: 'x', kind: 'other', message: '{}', created_at: 1 },
          ...{ available_at: 1, attempts: 0 },
        }),
      ).rejects.toMatchObject({
        message: expect.stringMatching(/outbox_kind/),
      });
    });

    it('keep sessions that share a key, and let no more of them come', async () => {
      const { knex, database } = await open();
      const directory = migrationsDirectory();
      const column = 'sessions.key_repeat';
      await knex.migrate.down({
        directory,
        name: '20261128240000_one_key_one_session.js',
      });
      const doubled = { accessKeyId: 'ASIADOUBLED000000001' };
      const rows = [
        ...[1, 2, 3].map(() => aSessionRow(doubled)),
        aSessionRow(),
        ...[1, 2].map(() => aSessionRow({ accessKeyId: undefined })),
      ];
      for (const row of rows) {
        await database.sessions.insert(row);
      }
      await migrate(knex);
      const found = await knex('sessions').select(column).orderBy('id');
      expect(found.map(each => each.key_repeat)).toEqual([0, 1, 2, 0, 0, 0]);
      expect(
        await database.sessions.byAccessKeys([doubled.accessKeyId]),
      ).toHaveLength(3);
      await expect(
        database.sessions.insert(aSessionRow(doubled)),
      ).rejects.toMatchObject({
        message: expect.stringMatching(
          /sessions_one_key|sessions.access_key_id/,
        ),
      });
      await database.sessions.insert(aSessionRow({ accessKeyId: undefined }));
    });

    it('are left alone where the portal says so', async () => {
      const { knex } = await open();
      await knex.migrate.rollback({ directory: migrationsDirectory() }, true);
      const getClient = async () => knex;
      await openMigrated({ getClient, migrations: { skip: true } });
      expect(await tables(knex)).toEqual([]);
      await openMigrated({ getClient });
      expect(await tables(knex)).toEqual(TABLES);
    });
  });
});
