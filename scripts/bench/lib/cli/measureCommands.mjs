import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../lookUps.mjs';

const WARM_UP = 5;

/**
 * Runs commands of Node over and over: with hyperfine where it is installed, else one after another in turns, so
 * that what disturbs the machine disturbs them alike.
 *
 * @returns the tool that measured, and the median of each command in milliseconds
 */
export async function measureCommands({ folder, env, runs, commands }) {
  const there = spawnSync('hyperfine', ['--version'], { stdio: 'ignore' });
  return there.status === 0
    ? { tool: 'hyperfine', medians: byHyperfine(folder, env, runs, commands) }
    : { tool: 'its own clock', medians: byTurns(env, runs, commands) };
}

function byHyperfine(folder, env, runs, commands) {
  const file = join(folder, 'hyperfine.json');
  const names = Object.keys(commands);
  const lines = names.map(name =>
    [process.execPath, ...commands[name]].map(word => `'${word}'`).join(' '),
  );
  const ran = spawnSync(
    'hyperfine',
    [
      ...['-N', '--style', 'none', '--warmup', String(WARM_UP)],
      ...['--runs', String(runs), '--export-json', file, ...lines],
    ],
    { env, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (ran.status !== 0) {
    throw new Error(`hyperfine ended with ${ran.status}`);
  }
  const { results } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.fromEntries(
    names.map((name, index) => [name, results[index].median * 1_000]),
  );
}

function byTurns(env, runs, commands) {
  const times = Object.fromEntries(
    Object.keys(commands).map(name => [name, []]),
  );
  for (let run = -WARM_UP; run < runs; run++) {
    for (const [name, args] of Object.entries(commands)) {
      const start = process.hrtime.bigint();
      const { status } = spawnSync(process.execPath, args, {
        env,
        stdio: 'ignore',
      });
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      if (status !== 0) {
        throw new Error(`${args.join(' ')} ended with ${status}`);
      }
      if (run >= 0) {
        times[name].push(ms);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, median(list)]),
  );
}
