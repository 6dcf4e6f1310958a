// Measures, and is no test: run by scripts/bench/federation.mjs.
/* eslint-disable no-console, @backstage/no-undeclared-imports */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Entity } from '@backstage/catalog-model';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { Knex } from 'knex';
import { parseArgs } from 'util';
import { anActiveLease } from '../aLease';
import { demoEntities, withRelations } from '../demoEntities';
import { startTestPortal, TestPortal } from '../startTestPortal';
import { Measured, ms, run } from './load';
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

/** What the portal asks of STS, asked without it: same role, policy, names and tags. */
function bareCall(lease: LeaseDetail, sts: STSClient) {
  const name = `admin@${lease.id}`;
  const command = () =>
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::111122223333:role/break-glass/BreakGlassAdmin',
      RoleSessionName: name,
      SourceIdentity: name,
      DurationSeconds: 3_600,
      Policy: JSON.stringify(lease.policy.document),
      Tags: [
        { Key: 'break-glass:lease', Value: lease.id },
        { Key: 'break-glass:requester', Value: lease.requester.ref },
        { Key: 'break-glass:residue', Value: 'denied' },
      ],
    });
  return () => sts.send(command());
}

const issue = (portal: TestPortal, leases: LeaseDetail[], index: number) => {
  const mine = index % leases.length;
  return portal.as(nameOf(mine), 'createSession', {
    params: { id: leases[mine].id },
    body: { type: 'credentials' },
  });
};

interface Round {
  bare: Measured;
  issued: Measured;
}

/** A bare call and an issue after each other, some times: ratios are of the middle round. */
async function rounds(
  clients: number,
  count: number,
  bare: () => Promise<unknown>,
  issued: (index: number) => Promise<unknown>,
): Promise<Round[]> {
  const calls = CALLS[clients];
  await run(clients, calls, bare);
  await run(clients, calls, issued);
  const all: Round[] = [];
  for (let round = 0; round < count; round += 1) {
    all.push({
      bare: await run(clients, calls, bare),
      issued: await run(clients, calls, issued),
    });
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
    ).toFixed(0)} /s`,
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

async function measure(knex: Knex, count: number): Promise<void> {
  const portal = await startTestPortal({
    knex,
    entities: entities(),
    configure: section => {
      section.limits = { requestsPerHour: 10_000, sessionsPerHour: 10_000 };
    },
  });
  const sts = new STSClient({
    endpoint: portal.sandbox.url,
    region: 'eu-central-1',
    credentials: {
      accessKeyId: 'AKIASANDBOXBROKERAWS',
      secretAccessKey: 'sandbox-broker-secret-commercial',
    },
    systemClockOffset: portal.clock.now() - Date.now(),
  });
  const missed: string[] = [];
  try {
    const leases: LeaseDetail[] = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      leases.push(await anActiveLease(portal, {}, nameOf(index)));
    }
    await portal.runTask('break-glass-deliver');
    await issue(portal, leases, 0);
    const { own, delivery } = await statementsOf(knex, () =>
      issue(portal, leases, 0),
    );
    console.log(
      `an issue takes ${own.length} SQL statements, beside ${delivery.length} of the outbox until its answer`,
    );
    own.forEach(sql => console.log(`    ${sql.slice(0, 110)}`));
    console.log('\ncredentials under a lease, and the bare AssumeRole');
    const bare = bareCall(leases[0], sts);
    for (const clients of [1, PEOPLE]) {
      const all = await rounds(clients, count, bare, index =>
        issue(portal, leases, index),
      );
      report(clients, all, missed);
    }
  } finally {
    sts.destroy();
    await portal.stop();
  }
  missed.forEach(what => console.log(`MISSED ${what}`));
  process.exitCode = missed.length > 0 ? 1 : 0;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' } },
});

onPostgres(knex => measure(knex, Number(values.rounds))).catch(error => {
  console.error(error);
  process.exit(1);
});
