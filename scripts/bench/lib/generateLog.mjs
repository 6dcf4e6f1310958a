import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { dayPlans } from './logShape.mjs';

/** Counts up when other files would be written for the same number of events. */
const VERSION = 1;

/**
 * Writes a log of an organization below a folder, or uses the one that is there.
 * @returns {Promise<number>} records in it
 */
export async function generateLog(root, events) {
  const stamp = join(root, 'generated.json');
  const known = existsSync(stamp)
    ? JSON.parse(readFileSync(stamp, 'utf8'))
    : {};
  if (known.version === VERSION && known.events === events) {
    return known.records;
  }
  if (existsSync(root) && !existsSync(stamp)) {
    throw new Error(`${root} holds something else: name another folder`);
  }
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(stamp, JSON.stringify({ version: VERSION }));
  const plans = dayPlans(events);
  const workers = Array.from({ length: availableParallelism() }, () =>
    workThrough(root, plans),
  );
  const records = (await Promise.all(workers)).reduce(
    (sum, each) => sum + each,
    0,
  );
  writeFileSync(stamp, JSON.stringify({ version: VERSION, events, records }));
  return records;
}

/** One worker takes plans until none is left. */
function workThrough(root, plans) {
  const worker = new Worker(new URL('./writeDay.mjs', import.meta.url), {
    workerData: { root },
  });
  let records = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      const plan = plans.pop();
      if (plan) {
        worker.postMessage(plan);
      } else {
        worker.terminate().then(() => resolve(records), reject);
      }
    };
    worker.on('message', written => {
      records += written;
      next();
    });
    worker.on('error', reject);
    next();
  });
}
