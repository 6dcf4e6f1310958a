/**
 * Looks for one lease, over and over, in a process of its own: what it prints is
 * how long each look took and how much memory the process took at most.
 * Run with Backstage's transform of TypeScript.
 */
const { DuckDBInstance, listValue } = require('@duckdb/node-api');
const {
  DuckDbActivitySource,
} = require('../../../plugins/break-glass-backend-module-duckdb/src');

const HOUR = 3_600_000;

/** What a module does for each look at a lease. */
async function withOurs({ root, cache, memoryLimit, query }) {
  const source = new DuckDbActivitySource(
    { roots: [{ path: root, layout: 'trail' }], memoryLimit, cache },
    // The files have just been written: their days have settled an hour later.
    { now: () => Date.now() + HOUR },
  );
  await source.probe();
  return async () => {
    const { records, coverage } = await source.search(query, {
      signal: new AbortController().signal,
    });
    return { found: records.length, bytes: coverage.bytesScanned };
  };
}

/** The simplest statement over the same files, with the same settings. */
async function withBareDuckDb({ globs, memoryLimit, query }) {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: memoryLimit,
  });
  const connection = await instance.connect();
  return async () => {
    const reader = await connection.runAndReadAll(
      `SELECT record FROM (
        SELECT unnest(Records) AS record
        FROM read_json($globs, columns = {Records: 'JSON[]'}, maximum_object_size = 16777216))
      WHERE record->>'$.userIdentity.arn' LIKE '%/' || $name`,
      { globs: listValue(globs), name: query.sessionName },
    );
    return { found: reader.getRowsJS().length };
  };
}

async function main(job) {
  const look = await (job.globs ? withBareDuckDb(job) : withOurs(job));
  const looks = [];
  for (let count = 0; count < job.looks; count++) {
    const before = performance.now();
    const cpuBefore = process.cpuUsage();
    const result = await look();
    const ms = performance.now() - before;
    const { user, system } = process.cpuUsage(cpuBefore);
    looks.push({ ...result, ms, cpu: (user + system) / 1000 });
  }
  const memory = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify({ looks, memory }));
  process.exit(0);
}

main(JSON.parse(process.argv[2]));
