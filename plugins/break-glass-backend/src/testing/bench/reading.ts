// Measures, and is no test: run by scripts/bench/reading.mjs.
/* eslint-disable no-console, @backstage/no-undeclared-imports */
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import knexFactory, { Knex } from 'knex';
import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { anActiveLease } from '../aLease';
import { awsAs } from '../awsAs';
import { startTestPortal, TestPortal, tokenOf } from '../startTestPortal';
import { waitFor } from '../waitFor';
import { writeManyRecords } from './manyRecords';
import { peakOf, timed, usual } from './stopwatch';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

const of = (id: string) => ({ params: { id } });

/** A lease of Mary's that was used once and ended; its evidence is collected. */
async function aUsedLease(portal: TestPortal): Promise<string> {
  const { id } = await anActiveLease(portal);
  const issued = await portal.as('mary', 'createSession', {
    ...of(id),
    body: { type: 'credentials' },
  });
  await awsAs(portal, issued).s3().send(new ListBucketsCommand({}));
  portal.clock.advance({ minutes: 20 });
  await portal.as('mary', 'endLease', { ...of(id), body: {} });
  await waitFor(
    async () => (await portal.as('mary', 'getLease', of(id))).kill === 'probed',
  );
  portal.clock.advance({ minutes: 3 });
  await portal.sandbox.deliverNow();
  await portal.as('rita', 'collectActivity', of(id));
  return id;
}

/** Adds calls of the lease's session to the log files of its account. */
async function addEvents(portal: TestPortal, id: string, events: number) {
  const { items } = await portal.as('rita', 'listActivity', {
    ...of(id),
    query: { text: 'ListBuckets' },
  });
  const { record } = await portal.as('rita', 'getActivityRecord', {
    params: { id, eventId: items[0].id },
  });
  const from = Date.parse(items[0].at);
  const file = readdirSync(portal.sandbox.logDirectory, { recursive: true })
    .map(String)
    .find(
      path =>
        path.includes(String(record.recipientAccountId)) &&
        path.endsWith('.json.gz'),
    )!;
  writeManyRecords(join(portal.sandbox.logDirectory, file), record, {
    events,
    from,
    to: from + 19 * 60_000,
  });
}

type Row = [what: string, ms: number, bareMs?: number];

/** Bare statements that give the same rows, without us around them. */
function bare(knex: Knex, id: string) {
  const lease = { lease_id: id };
  const rows = () => knex('activity_events').where(lease);
  const inOrder = () => rows().orderBy(['at', 'event_id']);
  return {
    page: () => inOrder().limit(101),
    refused: () => inOrder().where('refused', true).limit(101),
    marked: () => inOrder().whereNot('sensitive', '[]').limit(101),
    service: () => inOrder().where('service', 'lambda').limit(101),
    text: (text: string) =>
      inOrder().whereRaw(
        `lower(service || ' ' || action || ' ' || region || ' ' || resources || ' ' || coalesce(error_code, '') || ' ' || coalesce(error_message, '') || ' ' || coalesce(source_ip, '') || ' ' || coalesce(user_agent, '')) like ?`,
        [`%${text}%`],
      ),
    counts: () =>
      rows()
        .groupBy('service', 'refused', 'access_level')
        .select('service')
        .count(),
    all: () => inOrder(),
  };
}

async function measureReading(
  portal: TestPortal,
  knex: Knex,
  id: string,
): Promise<Row[]> {
  const sql = bare(knex, id);
  const list = (query: object) => () =>
    portal.as('rita', 'listActivity', { ...of(id), query });
  const first = await portal.as('rita', 'listActivity', {
    ...of(id),
    query: {},
  });
  const rows: Row[] = [];
  const add = async (
    what: string,
    ours: () => Promise<unknown>,
    theirs?: () => PromiseLike<unknown>,
  ) => {
    rows.push([
      what,
      await usual(ours),
      theirs && (await usual(async () => theirs())),
    ]);
  };
  await add('first page', list({}), sql.page);
  await add('next page', list({ cursor: first.nextCursor }), sql.page);
  await add('500 events', list({ limit: 500 }));
  await add('refused', list({ only: 'refused' }), sql.refused);
  await add('sensitive', list({ only: 'sensitive' }), sql.marked);
  await add('one service', list({ service: 'lambda' }), sql.service);
  await add('text that many have', list({ text: 'bucket-' }), () =>
    sql.text('bucket-').limit(101),
  );
  await add('text that one has', list({ text: '00000000beef' }), () =>
    sql.text('00000000beef'),
  );
  await add('text that none has', list({ text: 'no such thing' }), () =>
    sql.text('no such thing'),
  );
  await add(
    'time line',
    () => portal.as('rita', 'getTimeline', { ...of(id), query: {} }),
    sql.page,
  );
  await add(
    'histogram',
    () => portal.as('rita', 'getHistogram', { ...of(id), query: {} }),
    sql.counts,
  );
  await add('histogram of a text', () =>
    portal.as('rita', 'getHistogram', {
      ...of(id),
      query: { text: 'bucket-9' },
    }),
  );
  return rows;
}

async function measure(
  name: string,
  knex: Knex,
  events: number,
): Promise<void> {
  const portal = await startTestPortal({ knex });
  try {
    const id = await aUsedLease(portal);
    await addEvents(portal, id, events);
    portal.clock.advance({ minutes: 1 });
    const collect = () => portal.as('rita', 'collectActivity', of(id));
    const look = await peakOf(collect);
    const first = await timed(() =>
      portal.as('rita', 'listActivity', { ...of(id), query: {} }),
    );
    portal.clock.advance({ minutes: 1 });
    const again = await peakOf(collect);
    if (name !== 'SQLite') {
      await knex.raw('ANALYZE activity_events');
    }
    const rows: Row[] = [
      ['look and write', look.ms],
      ['look again, nothing new', again.ms],
      ['first page after a look', first.ms],
      ...(await measureReading(portal, knex, id)),
    ];
    const download = await peakOf(async () => {
      const response = await portal.fetch(
        `/v1/leases/${id}/evidence`,
        {},
        tokenOf('rita'),
      );
      let bytes = 0;
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
      }
      return bytes;
    });
    const all = await timed(async () => bare(knex, id).all());
    rows.push([
      `evidence as text, ${Math.round(download.result / 1e6)} MB`,
      download.ms,
      all.ms,
    ]);
    print(name, rows);
    for (const [what, took] of Object.entries({ look, again, download })) {
      console.log(
        `  ${what.padEnd(10)} ${
          took.peakMb
        } MB of memory at most, others waited ${took.longestTurnMs} ms at most`,
      );
    }
  } finally {
    await portal.stop();
  }
}

function print(name: string, rows: Row[]) {
  console.log(`\n${name}`);
  for (const [what, ms, bareMs] of rows) {
    const compared =
      bareMs === undefined
        ? ''
        : `${bareMs.toFixed(0).padStart(7)} ms bare SQL  ${(ms / bareMs)
            .toFixed(1)
            .padStart(6)} ×`;
    console.log(
      `  ${what.padEnd(28)} ${ms.toFixed(0).padStart(7)} ms ${compared}`,
    );
  }
}

async function onSqlite(events: number) {
  const folder = mkdtempSync(join(tmpdir(), 'break-glass-bench-'));
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'bench.sqlite') },
    useNullAsDefault: true,
  });
  try {
    await measure('SQLite', knex, events);
  } finally {
    await knex.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(events: number, connection: string) {
  const database = `break_glass_bench_${process.pid}`;
  const server = knexFactory({ client: 'pg', connection });
  await server.raw('CREATE DATABASE ??', [database]);
  const url = new URL(connection);
  url.pathname = `/${database}`;
  const knex = knexFactory({ client: 'pg', connection: url.href });
  try {
    await measure('PostgreSQL', knex, events);
  } finally {
    await knex.destroy();
    await server.raw('DROP DATABASE ??', [database]);
    await server.destroy();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '50000' },
      only: { type: 'string' },
    },
  });
  const events = Number(values.events);
  console.log(
    `A lease with ${events} events, over HTTP; the usual of seven each.`,
  );
  if (values.only !== 'postgres') {
    await onSqlite(events);
  }
  const connection = process.env[POSTGRES];
  if (connection && values.only !== 'sqlite') {
    await onPostgres(events, connection);
  } else if (!connection) {
    console.log(`PostgreSQL is left out: set ${POSTGRES}.`);
  }
}

main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
