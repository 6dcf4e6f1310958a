// Measures, and is no test: run by scripts/bench/federation.mjs.
/* eslint-disable no-console, no-restricted-syntax, @backstage/no-undeclared-imports */
import { Entity } from '@backstage/catalog-model';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { Knex } from 'knex';
import { join } from 'path';
import { parseArgs } from 'util';
import { anActiveLease } from '../aLease';
import { demoEntities, withRelations } from '../demoEntities';
import { FakeClock } from '../FakeClock';
import { startTestPortal } from '../startTestPortal';
import type { ClientsProcess, Holder } from './federation/clientsProcess';
import { Asked, start } from './federation/processes';
import type { StsProcess } from './federation/stsProcess';
import { Measured, ms } from './load';
import { onPostgres } from './onPostgres';
import { statementsOf } from './statements';

const PEOPLE = 50;
const CALLS: Record<number, number> = { 1: 60, [PEOPLE]: 250 };
const MOST_ADDED_MS = 25;
const MOST_TIMES = 2;

const nameOf = (index: number) => `admin-${index}`;

/** The demo, and as many administrators as issue at once. */
function entities(): Entity[] {
  const demo = demoEntities();
  const daniel = demo.find(
    ({ kind, metadata }) => kind === 'User' && metadata.name === 'daniel',
  )!;
  const more = Array.from({ length: PEOPLE }, (_, index) => ({
    ...daniel,
    metadata: { ...daniel.metadata, name: nameOf(index) },
    spec: { ...daniel.spec, profile: { displayName: nameOf(index) } },
  }));
  return withRelations([...demo, ...more]);
}

function holderOf(lease: LeaseDetail, index: number): Holder {
  return {
    person: nameOf(index),
    leaseId: lease.id,
    requester: lease.requester.ref,
    policy: JSON.stringify(lease.policy.document),
  };
}

interface Round {
  bare: Measured;
  issued: Measured;
  /** Processor time of the backend for each issue, in milliseconds. */
  busy: number;
}

/** A bare call and an issue after each other, some times: ratios are of the middle round. */
async function rounds(
  clients: number,
  count: number,
  people: ClientsProcess,
): Promise<Round[]> {
  const load = { clients, calls: CALLS[clients] };
  await people.bare(load);
  await people.issue(load);
  const all: Round[] = [];
  for (let round = 0; round < count; round += 1) {
    const bare = await people.bare(load);
    const before = process.cpuUsage();
    const issued = await people.issue(load);
    const { user, system } = process.cpuUsage(before);
    all.push({ bare, issued, busy: (user + system) / 1_000 / load.calls });
  }
  return all;
}

/** The middle of numbers. */
function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function report(clients: number, all: Round[], missed: string[]) {
  const of = (value: (round: Round) => number) => middle(all.map(value));
  const added = of(({ bare, issued }) => issued.p50 - bare.p50);
  const times = of(({ bare, issued }) => issued.p50 / bare.p50);
  console.log(
    `  ${String(clients).padStart(2)} at once  bare p50 ${ms(
      of(({ bare }) => bare.p50),
    )}  issued p50 ${ms(of(({ issued }) => issued.p50))}  p99 ${ms(
      of(({ issued }) => issued.p99),
    )}  added ${ms(added)}  ${times.toFixed(1)} ×  ${of(
      ({ issued }) => issued.perSecond,
    ).toFixed(0)} /s  backend's processor ${ms(of(({ busy }) => busy))}`,
  );
  if (clients === 1 && added > MOST_ADDED_MS) {
    missed.push(`added at 1: ${ms(added)}; at most ${MOST_ADDED_MS} ms`);
  }
  if (clients > 1 && times > MOST_TIMES) {
    missed.push(
      `issued ÷ bare at ${clients}: ${times.toFixed(1)}; at most ${MOST_TIMES}`,
    );
  }
}

async function measure(
  knex: Knex,
  count: number,
  delays: number[],
): Promise<void> {
  const sts = start<StsProcess>(join(__dirname, 'federation/stsProcess.ts'), [
    'start',
    'slow',
    'stop',
  ]);
  const people = start<ClientsProcess>(
    join(__dirname, 'federation/clientsProcess.ts'),
    ['start', 'bare', 'issue'],
  );
  try {
    await measureWith(knex, count, delays, sts, people);
  } finally {
    await sts.stop({});
    sts.end();
    people.end();
  }
}

async function measureWith(
  knex: Knex,
  count: number,
  delays: number[],
  sts: Asked<StsProcess>,
  people: Asked<ClientsProcess>,
): Promise<void> {
  const clock = new FakeClock();
  const stsUrl = await sts.start({ now: clock.now() });
  const portal = await startTestPortal({
    knex,
    clock,
    entities: entities(),
    configure: section => {
      section.limits = { requestsPerHour: 10_000, sessionsPerHour: 10_000 };
      section.partitions.aws.endpoints.sts = stsUrl;
    },
  });
  const missed: string[] = [];
  try {
    const leases: LeaseDetail[] = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      leases.push(await anActiveLease(portal, {}, nameOf(index)));
    }
    await portal.runTask('break-glass-deliver');
    await portal.runTask('break-glass-anchor');
    await people.start({
      portalUrl: portal.url,
      stsUrl,
      clockOffset: clock.now() - Date.now(),
      holders: leases.map(holderOf),
    });
    await people.issue({ clients: 1, calls: 1 });
    await printStatements(knex, people);
    for (const delayMs of delays) {
      await sts.slow({ delayMs });
      console.log(
        `\ncredentials under a lease, and the bare AssumeRole${
          delayMs ? `, where STS answers ${delayMs} ms later` : ''
        }`,
      );
      for (const clients of [1, PEOPLE]) {
        report(clients, await rounds(clients, count, people), missed);
      }
    }
  } finally {
    await portal.stop();
  }
  missed.forEach(what => console.log(`MISSED ${what}`));
  process.exitCode = missed.length > 0 ? 1 : 0;
}

async function printStatements(knex: Knex, people: ClientsProcess) {
  const { own, delivery } = await statementsOf(knex, () =>
    people.issue({ clients: 1, calls: 1 }),
  );
  console.log(
    `an issue takes ${own.length} SQL statements, beside ${delivery.length} of the outbox until its answer`,
  );
  own.forEach(sql => console.log(`    ${sql.slice(0, 110)}`));
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    sts: { type: 'string', default: '0,100' },
  },
});

onPostgres(knex =>
  measure(knex, Number(values.rounds), values.sts.split(',').map(Number)),
).catch(error => {
  console.error(error);
  process.exit(1);
});
