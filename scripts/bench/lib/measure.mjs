import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUSY, LEASE_FROM, LEASE_TO } from './logShape.mjs';
import { lookUp, median, pipeline } from './lookUps.mjs';
import {
  filesBelow,
  filesOf,
  globsOf,
  sizeOf,
  touchedDays,
  withDays,
} from './partitions.mjs';
import { LEASE } from './records.mjs';

const MEMORY_LIMIT = '256MB';
/** The best counts. A backend has compiled its code long ago: some looks pass until a new process has. */
const LOOKS = 10;
const CACHED_LOOKS = 60;
/** Of a pipeline, which takes longer and has nothing to warm up. */
const RUNS = 3;
const CACHE_SIZE = 10_000_000_000;
const JQ = `jq -c --arg name "$2" '.Records[] | select(.userIdentity.arn | endswith("/" + $name))'`;
const GREP = `{ LC_ALL=C grep -F -- "$2" || true; }`;
const FEW_DAYS = ['13', '14', '15', '16', '17'].map(day => `2026/10/${day}`);

/**
 * Measures everything over one log. Each round runs all ways one after another,
 * so that what disturbs the machine disturbs them alike; ratios are of one round.
 */
export async function measure(root, scratch, rounds) {
  const days = touchedDays();
  const files = filesOf(root, BUSY, days);
  const list = join(scratch, 'files');
  const few = join(scratch, 'few-days');
  writeFileSync(list, files.map(({ path }) => `${path}\0`).join(''));
  withDays(root, few, BUSY, FEW_DAYS);
  const job = {
    root,
    memoryLimit: MEMORY_LIMIT,
    looks: LOOKS,
    query: {
      partition: 'aws',
      accountId: BUSY,
      roleArn: LEASE.roleArn(BUSY),
      sessionName: LEASE.sessionName,
      accessKeyIds: [LEASE.accessKeyId],
      from: LEASE_FROM,
      to: LEASE_TO,
    },
  };
  const cache = { path: join(scratch, 'cache'), maxSize: CACHE_SIZE };
  const building = await lookUp({ ...job, cache, looks: 1 });
  const results = [];
  for (let round = 0; round < rounds; round++) {
    results.push({
      cold: await lookUp(job),
      cached: await lookUp({ ...job, cache, looks: CACHED_LOOKS }),
      bare: await lookUp({ ...job, globs: globsOf(root, BUSY, days) }),
      few: await lookUp({ ...job, root: few }),
      grep: await pipeline(list, GREP, LEASE.sessionName, 1),
      jq: await pipeline(list, JQ, LEASE.sessionName, RUNS),
    });
  }
  rmSync(few, { recursive: true });
  return { results, building, files, sizes: sizesOf(root, files) };
}

function sizesOf(root, files) {
  const all = filesBelow(join(root, 'AWSLogs'));
  return { touched: sizeOf(files), table: sizeOf(all), files: all.length };
}

/** The median of what each round gives. */
export function over(results, pick) {
  return median(results.map(pick));
}
