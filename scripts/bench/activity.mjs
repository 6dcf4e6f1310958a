#!/usr/bin/env node
/**
 * Measures how fast the activity of a lease is found in log files on disk, and
 * ends with 1 where a target is missed.
 *
 * Usage: yarn bench:activity [--events 1000000,10000000] [--rounds 5] [--folder <path>]
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateLog } from './lib/generateLog.mjs';
import { measure } from './lib/measure.mjs';
import { rowsOf } from './lib/report.mjs';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string', default: join(tmpdir(), 'break-glass-bench') },
  },
});

let missed = 0;
mkdirSync(values.folder, { recursive: true });
for (const events of values.events.split(',').map(Number)) {
  const root = join(values.folder, `log-${events}`);
  const records = await generateLog(root, events);
  const scratch = mkdtempSync(join(values.folder, 'scratch-'));
  try {
    const measured = await measure(root, scratch, Number(values.rounds));
    missed += print(records, measured);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
process.exitCode = missed > 0 ? 1 : 0;

function print(records, measured) {
  const rows = rowsOf(measured);
  const { files } = measured.sizes;
  process.stdout.write(
    `\n${records} records in ${files} files; a lease of 2 hours touches ${measured.files.length} of them.\n\n`,
  );
  for (const { name, value, target, met } of rows) {
    const verdict = target && (met ? 'met' : 'MISSED');
    process.stdout.write(
      `${name.padEnd(46)}${value.padStart(9)}  ${target.padEnd(
        10,
      )}${verdict}\n`,
    );
  }
  return rows.filter(({ met }) => !met).length;
}
