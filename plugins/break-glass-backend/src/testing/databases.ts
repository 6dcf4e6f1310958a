// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports, jest/no-export, jest/no-disabled-tests, jest/expect-expect */
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Clock } from 'backstage-plugin-break-glass-node';
import { Knex } from 'knex';
import { createDatabase } from '../database/createDatabase';
import { migrate } from '../database/migrate';
import { Database } from '../database/types';

/** A database of one test. */
export interface OpenedDatabase {
  database: Database;
  /** For looking, or tampering, behind the stores' back. */
  knex: Knex;
}

/** Options of {@link describeDatabases}. */
export interface OpenOptions {
  /** Stands in for the database's own clock. */
  clock?: Clock;
}

const IDS: TestDatabaseId[] = ['SQLITE_3', 'POSTGRES_15'];

/**
 * Runs the tests on SQLite and on PostgreSQL. `open` gives each test a new,
 * migrated database that is closed after it. Without a connection string for
 * PostgreSQL its tests are listed as skipped.
 */
export function describeDatabases(
  tests: (
    name: TestDatabaseId,
    open: (options?: OpenOptions) => Promise<OpenedDatabase>,
  ) => void,
): void {
  const databases = TestDatabases.create({ ids: IDS, disableDocker: true });
  for (const id of IDS) {
    if (!databases.supports(id)) {
      describe(`on ${id}`, () => {
        it.skip('is skipped: set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING', () => {});
      });
      continue;
    }
    describe(`on ${id}`, () => {
      const opened: Knex[] = [];
      tests(id, async ({ clock }: OpenOptions = {}) => {
        const knex = await databases.init(id);
        opened.push(knex);
        await migrate(knex);
        const now = clock && (() => clock.now());
        return { knex, database: createDatabase(knex, now) };
      });
      // Last: what the tests stop after each other still uses the database.
      afterEach(async () => {
        await Promise.all(opened.splice(0).map(knex => knex.destroy()));
      });
    });
  }
}
