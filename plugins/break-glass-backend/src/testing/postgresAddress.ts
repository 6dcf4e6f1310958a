import { Knex } from 'knex';

/** Address of the database that connections go to, for another process. */
export function addressOf(knex: Knex): string {
  const { connection } = knex.client.config;
  if (typeof connection === 'string') {
    return connection;
  }
  const { connectionString, user, password, host, port, database } = connection;
  if (connectionString) {
    return connectionString;
  }
  const secret = password ? `:${encodeURIComponent(String(password))}` : '';
  return `postgresql://${user}${secret}@${host}:${port}/${database}`;
}
