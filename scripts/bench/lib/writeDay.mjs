import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { seededRandom } from './random.mjs';
import { assumeRoleRecord, leaseRecord, workRecord } from './records.mjs';
import { BUSY, LEASE_CALLS, LEASE_FROM, LEASE_TO, QUIET } from './logShape.mjs';

const DAY = 86_400_000;

parentPort.on('message', plan => {
  parentPort.postMessage(writeDay(workerData.root, plan));
});

/** Writes the files of one account, region and day. Returns how many records they hold. */
function writeDay(root, plan) {
  const random = seededRandom(plan.seed);
  const step = DAY / plan.files;
  let written = 0;
  for (let file = 0; file < plan.files; file++) {
    const from = plan.start + file * step;
    const count =
      Math.floor(((file + 1) * plan.records) / plan.files) -
      Math.floor((file * plan.records) / plan.files);
    const records = Array.from({ length: count }, (_, index) =>
      workRecord(random, {
        ...plan,
        at: Math.floor(from + (index * step) / count),
      }),
    );
    records.push(...leaseRecords(random, plan, from, from + step));
    written += records.length;
    writeFile(root, plan, from, file, records);
  }
  return written;
}

/** Calls under the lease whose time lies within a file's. */
function leaseRecords(random, plan, from, to) {
  if (plan.region !== 'eu-central-1' || ![BUSY, QUIET].includes(plan.account)) {
    return [];
  }
  const step = (LEASE_TO - LEASE_FROM) / LEASE_CALLS;
  const times = Array.from(
    { length: LEASE_CALLS },
    (_, index) => LEASE_FROM + index * step,
  );
  return times
    .filter(at => at >= from && at < to)
    .map(at =>
      at === LEASE_FROM
        ? assumeRoleRecord(random, { ...plan, at })
        : leaseRecord(random, { ...plan, at }),
    );
}

function writeFile(root, { account, region }, from, index, records) {
  const iso = new Date(from).toISOString();
  const folder = join(
    root,
    'AWSLogs',
    account,
    'CloudTrail',
    region,
    ...iso.slice(0, 10).split('-'),
  );
  const minute = iso.slice(0, 16).replace(/[-:]/g, '');
  const unique = String(index).padStart(16, 'x');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(
      folder,
      `${account}_CloudTrail_${region}_${minute}Z_${unique}.json.gz`,
    ),
    gzipSync(`{"Records":[${records.join(',')}]}`, { level: 5 }),
  );
}
