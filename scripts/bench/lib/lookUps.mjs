import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const LOOK_UP = fileURLToPath(new URL('./lookUp.cjs', import.meta.url));

/**
 * Looks for a lease several times in a process of its own. The best look counts:
 * what disturbs the machine makes a look slower, never faster.
 * @returns {Promise<{ms: number, cpu: number, first: number, found: number, bytes: number, memory: number}>}
 *   times in milliseconds, sizes in bytes
 */
export async function lookUp(job) {
  const { stdout } = await run(process.execPath, [
    '--require',
    TRANSFORM,
    LOOK_UP,
    JSON.stringify(job),
  ]);
  const { looks, memory } = JSON.parse(stdout);
  const { found, bytes } = looks[looks.length - 1];
  return { ...bestOf(looks), first: looks[0].ms, found, bytes, memory };
}

/**
 * Runs a pipeline of a shell several times over files, whose names come from a
 * file. The best run counts.
 * @returns {Promise<{ms: number, cpu: number}>} in milliseconds
 */
export async function pipeline(list, filter, parameter, times) {
  const runs = [];
  for (let count = 0; count < times; count++) {
    const before = performance.now();
    const { stdout } = await run('bash', [
      '-c',
      `set -o pipefail; xargs -0 zcat < "$1" | ${filter} > /dev/null; times`,
      'pipeline',
      list,
      parameter,
    ]);
    runs.push({ ms: performance.now() - before, cpu: cpuOf(stdout) });
  }
  return bestOf(runs);
}

/** From what `times` of bash prints: its own line, and that of what it started. */
function cpuOf(output) {
  const [, children] = output.trim().split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) =>
      sum + Number(minutes) * 60_000 + Number(seconds) * 1_000,
    0,
  );
}

function bestOf(runs) {
  const least = name => Math.min(...runs.map(each => each[name]));
  return { ms: least('ms'), cpu: least('cpu') };
}

/** The middle one. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
