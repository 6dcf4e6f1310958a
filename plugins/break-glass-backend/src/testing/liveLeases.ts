// A program for a test: makes leases go through their life as fast as it can, until it is killed.
// node --require @backstage/cli/config/nodeTransform.cjs liveLeases.ts DATABASE-FILE FOLDER
/* eslint-disable @backstage/no-undeclared-imports */
import Knex from 'knex';
import { createDatabase, migrate } from '../database';
import { aRequest } from './aLease';
import { leaseServices } from './leaseServices';

const MOST_LEASES = 10_000;

async function main(file: string, folder: string) {
  const knex = Knex({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  await migrate(knex);
  const database = createDatabase(knex);
  const { requests, decisions, closing } = leaseServices({
    database,
    clock: { now: () => Date.now() },
    folder,
  });
  for (let round = 0; round < MOST_LEASES; round++) {
    const { id } = await requests.request(
      { ref: 'user:default/mary' },
      aRequest({ reason: `round ${round}` }),
    );
    const row = (await database.leases.get(id))!;
    await decisions.decide({ ref: 'user:default/daniel' }, id, {
      verdict: 'approve',
      scopeHash: row.scopeHash,
      term: { durationMinutes: row.durationMinutes },
    });
    await closing.end({ ref: 'user:default/mary' }, id);
    process.stdout.write('.');
  }
}

main(process.argv[2], process.argv[3]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
