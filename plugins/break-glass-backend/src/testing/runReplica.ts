/* One backend of several on the same database, in a process of its own; races.test.ts starts it and tells it, line by line, what to do. */
/* eslint-disable @backstage/no-undeclared-imports */
import knexFactory from 'knex';
import { join } from 'path';
import { createInterface } from 'readline';
import { FakeClock } from './FakeClock';
import { startTestPortal } from './startTestPortal';

/** What a replica is told. */
export type ReplicaCommand =
  | { id: number; setClock: number }
  | { id: number; runTask: string }
  | { id: number; stop: true };

async function main(connection: string, folder: string) {
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 10 },
  });
  const clock = new FakeClock();
  const portal = await startTestPortal({
    knex,
    clock,
    configure: section => {
      // All replicas of a portal write to one anchor file.
      section.audit.anchorFile = join(folder, 'anchor.jsonl');
      section.limits = { requestsPerHour: 10_000, sessionsPerHour: 10_000 };
    },
  });
  const say = (what: object) =>
    process.stdout.write(`replica ${JSON.stringify(what)}\n`);
  say({ url: portal.url });
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line) as ReplicaCommand;
    if ('setClock' in command) {
      clock.set(command.setClock);
    } else if ('runTask' in command) {
      await portal.runTask(command.runTask);
    } else {
      break;
    }
    say({ id: command.id });
  }
  await portal.stop();
  await knex.destroy();
  process.exit(0);
}

main(process.argv[2], process.argv[3]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
