// Measures, and is no test: run by scripts/bench/leases.mjs.
/* eslint-disable no-console, @backstage/no-undeclared-imports */
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { Router } from 'express';
import { Knex } from 'knex';
import { parseArgs } from 'util';
import { aRequest, decisionOn } from '../aLease';
import { startTestPortal, TestPortal, tokenOf } from '../startTestPortal';
import { Measured, ms, run } from './load';
import { onPostgres } from './onPostgres';
import { seedLeases } from './seedLeases';
import { statementsOf } from './statements';

const CLIENTS = [1, 10, 50];
/** Decisions measured with each number of clients. */
const DECISIONS = 300;
/** Reads measured of each kind. */
const READS = 200;
const FEW = 1_000;
const MEGABYTE = 1024 * 1024;
const MOST_STATEMENTS = 6;
const MOST_TIMES_PLAIN = 3;
const MOST_TIMES_FEW = 2;

/** What Backstage itself costs: a signed-in route that inserts one row. */
const plainPlugin = (knex: Knex) =>
  createBackendPlugin({
    pluginId: 'plain',
    register(env) {
      env.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ httpAuth, httpRouter }) {
          const router = Router();
          router.post('/insert', async (asked, response) => {
            const { principal } = await httpAuth.credentials(asked, {
              allow: ['user'],
            });
            const who = principal.userEntityRef;
            await knex('plain').insert({ who, at: Date.now() });
            response.json({});
          });
          httpRouter.use(router as never);
        },
      });
    },
  });

let bucket = 0;
function request(portal: TestPortal): Promise<LeaseDetail> {
  bucket += 1;
  return portal.as('mary', 'requestLease', {
    body: aRequest({
      profileId: 'unlock-bucket',
      profileParameters: { bucket: `bench-${bucket}` },
    }),
  });
}

async function requests(portal: TestPortal, count: number) {
  const leases: LeaseDetail[] = [];
  await run(8, count, async () => {
    leases.push(await request(portal));
  });
  return leases;
}

async function measureDecisions(portal: TestPortal, missed: string[]) {
  console.log('\ndecisions, and a plain route with one insert');
  for (const clients of CLIENTS) {
    const leases = await requests(portal, DECISIONS);
    const plain = await run(clients, DECISIONS, async () => {
      const address = portal.url.replace('/break-glass', '/plain/insert');
      const response = await fetch(address, {
        method: 'POST',
        headers: { Authorization: `Bearer ${tokenOf('daniel')}` },
      });
      await response.arrayBuffer();
      if (!response.ok) {
        throw new Error(`The plain route answers ${response.status}`);
      }
    });
    const decided = await run(clients, DECISIONS, index =>
      portal.as('daniel', 'decideLease', decisionOn(leases[index])),
    );
    const times = decided.p50 / plain.p50;
    if (times > MOST_TIMES_PLAIN) {
      missed.push(`decision ÷ plain route at ${clients}: ${times.toFixed(1)}`);
    }
    console.log(
      `  ${String(clients).padStart(3)} clients ${decided.perSecond
        .toFixed(0)
        .padStart(6)} /s  p50 ${ms(decided.p50)}  p99 ${ms(
        decided.p99,
      )}  plain p50 ${ms(plain.p50)}  ${times.toFixed(1)} ×`,
    );
  }
}

/** Statements of one decision, those that begin and end transactions apart. */
async function countStatements(
  portal: TestPortal,
  knex: Knex,
  missed: string[],
) {
  const lease = await request(portal);
  await portal.runTask('break-glass-deliver');
  const { own, delivery } = await statementsOf(knex, () =>
    portal.as('daniel', 'decideLease', decisionOn(lease)),
  );
  console.log(
    `\na decision takes ${own.length} SQL statements, beside ${delivery.length} of the outbox until its answer`,
  );
  own.forEach(sql => console.log(`    ${sql.slice(0, 110)}`));
  if (own.length > MOST_STATEMENTS) {
    missed.push(`statements of a decision: ${own.length}`);
  }
}

type Reads = Record<string, Measured>;

async function measureReads(portal: TestPortal, id: string): Promise<Reads> {
  const list = (who: string, query: object) => () =>
    portal.as(who, 'listLeases', { query: { limit: 25, ...query } });
  const kinds: Record<string, () => Promise<unknown>> = {
    'all, as auditor': list('ada', { view: 'all' }),
    'all of one account': list('ada', {
      view: 'all',
      accountRef: 'resource:default/payroll',
    }),
    'all that expired': list('ada', { view: 'all', status: 'expired' }),
    'my own': list('mary', { view: 'mine' }),
    approvals: list('daniel', { view: 'approvals' }),
    reviews: list('rita', { view: 'reviews' }),
    'all, as owner': list('alice', { view: 'all' }),
    'one lease': () => portal.as('mary', 'getLease', { params: { id } }),
    'my counts': () => portal.as('daniel', 'me', {}),
  };
  const measured: Reads = {};
  for (const [name, read] of Object.entries(kinds)) {
    await run(1, 20, read);
    measured[name] = await run(1, READS, read);
  }
  return measured;
}

function compare(few: Reads, many: Reads, count: number, missed: string[]) {
  console.log(`\nreads with ${FEW} leases and with ${count}`);
  for (const [name, { p50, p99 }] of Object.entries(many)) {
    const times = p99 / few[name].p99;
    if (times > MOST_TIMES_FEW) {
      missed.push(`p99 of "${name}": ${times.toFixed(1)} × that of ${FEW}`);
    }
    console.log(
      `  ${name.padEnd(20)} p50 ${ms(few[name].p50)} → ${ms(p50)}  p99 ${ms(
        few[name].p99,
      )} → ${ms(p99)}  ${times.toFixed(2)} ×`,
    );
  }
}

async function measureMemory(
  portal: TestPortal,
  minutes: number,
  missed: string[],
) {
  const end = Date.now() + minutes * 60_000;
  const seen: number[] = [];
  while (Date.now() < end) {
    const [lease] = await requests(portal, 1);
    await portal.as('daniel', 'decideLease', decisionOn(lease));
    await portal.as('mary', 'endLease', { params: { id: lease.id }, body: {} });
    // The benchmark's own, which would grow.
    portal.logs.splice(0);
    portal.notifications.splice(0);
    if (seen.length === 0 || Date.now() > end - minutes * 30_000) {
      global.gc?.();
      seen.push(process.memoryUsage().heapUsed / MEGABYTE);
    }
  }
  const [first, last] = [seen[0], seen[seen.length - 1]];
  console.log(
    `\nmemory over ${minutes} min of load: ${first.toFixed(
      0,
    )} MB → ${last.toFixed(0)} MB`,
  );
  if (last > first * 1.5) {
    missed.push(`memory grew to ${(last / first).toFixed(1)} ×`);
  }
}

async function measure(knex: Knex, count: number, minutes: number) {
  await knex.schema.createTable('plain', table => {
    table.increments('id');
    table.text('who');
    table.bigInteger('at');
  });
  const portal = await startTestPortal({
    knex,
    features: [plainPlugin(knex)],
    configure: section => {
      section.limits = { requestsPerHour: 10_000, sessionsPerHour: 10_000 };
    },
  });
  const missed: string[] = [];
  try {
    const lease = await request(portal);
    await seedLeases(knex, lease.id, FEW);
    const few = await measureReads(portal, lease.id);
    await seedLeases(knex, lease.id, count - FEW);
    const many = await measureReads(portal, lease.id);
    compare(few, many, count, missed);
    await countStatements(portal, knex, missed);
    await measureDecisions(portal, missed);
    await measureMemory(portal, minutes, missed);
  } finally {
    await portal.stop();
  }
  missed.forEach(what => console.log(`MISSED ${what}`));
  process.exitCode = missed.length > 0 ? 1 : 0;
}

async function main() {
  const { values } = parseArgs({
    options: {
      leases: { type: 'string', default: '1000000' },
      minutes: { type: 'string', default: '10' },
    },
  });
  await onPostgres(knex =>
    measure(knex, Number(values.leases), Number(values.minutes)),
  );
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
