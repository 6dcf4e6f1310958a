import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';
import { isPostgres } from './dialect';
import { isContention } from './retry';

/** Folder of the migrations, in the source tree and in the published package. */
export const migrationsDirectory = () =>
  resolvePackagePath('backstage-plugin-break-glass-backend', 'migrations');

const SQLITE_ATTEMPTS = 40;
const SQLITE_WAIT_MS = 250;

/** The database of the plugin, with its tables in their newest shape. */
export async function openMigrated(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}

/**
 * Brings the tables to their newest shape. Replicas that start at the same
 * time wait for each other (pitfall 25).
 */
export async function migrate(knex: Knex): Promise<void> {
  const run = () => knex.migrate.latest({ directory: migrationsDirectory() });
  if (isPostgres(knex)) {
    await lockedOnPostgres(knex, run);
  } else {
    await patientlyOnSqlite(run);
  }
}

/** A lock of PostgreSQL's, held on a second connection, ends with its holder's process. */
async function lockedOnPostgres(
  knex: Knex,
  run: () => Promise<unknown>,
): Promise<void> {
  if ((knex.client.pool?.max ?? 0) < 2) {
    await run();
    return;
  }
  await knex.transaction(async trx => {
    await trx.raw(`SET LOCAL lock_timeout = '60s'`);
    await trx.raw(
      `SELECT pg_advisory_xact_lock(hashtext('break-glass migrations'), hashtext(current_schema()))`,
    );
    await run();
  });
}

async function patientlyOnSqlite(run: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run();
      return;
    } catch (error) {
      if (attempt >= SQLITE_ATTEMPTS || !isOthersMigrating(error)) {
        throw error;
      }
      await delay(SQLITE_WAIT_MS);
    }
  }
}

function isOthersMigrating(error: unknown): boolean {
  return (
    isContention(error) ||
    (error as Error)?.name === 'MigrationLocked' ||
    /already (locked|exists)/i.test(String((error as Error)?.message))
  );
}
