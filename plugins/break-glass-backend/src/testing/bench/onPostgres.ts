import knexFactory, { Knex } from 'knex';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** Does some work on a database of its own, which is gone afterwards. */
export async function onPostgres(
  work: (knex: Knex) => Promise<void>,
): Promise<void> {
  const connection = process.env[POSTGRES];
  if (!connection) {
    throw new Error(`Set ${POSTGRES} to a server to measure on`);
  }
  const database = `break_glass_bench_${process.pid}`;
  const server = knexFactory({ client: 'pg', connection });
  await server.raw('CREATE DATABASE ??', [database]);
  const url = new URL(connection);
  url.pathname = `/${database}`;
  const knex = knexFactory({
    client: 'pg',
    connection: url.href,
    pool: { min: 0, max: 20 },
  });
  try {
    await work(knex);
  } finally {
    await knex.destroy();
    await server.raw('DROP DATABASE ??', [database]);
    await server.destroy();
  }
}
