#!/usr/bin/env node
/**
 * Measures how long the AWS tools wait for credentials that are kept, against starting Node with nothing to do,
 * and ends with 1 where the target is missed.
 *
 * Usage: yarn bench:cli [--runs 50]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installCommand } from './lib/cli/installCommand.mjs';
import { measureCommands } from './lib/cli/measureCommands.mjs';

const TARGET_MS = 150;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '50' } },
});

const folder = mkdtempSync(join(tmpdir(), 'break-glass-bench-cli-'));
try {
  const { bin, env } = installCommand(folder);
  const cached = [bin, 'credential-process', 'payroll'];
  const { tool, medians } = await measureCommands({
    folder,
    env,
    runs: Number(values.runs),
    commands: {
      node: ['-e', '0'],
      cached,
      help: [bin, '--help'],
    },
  });
  const { node, help } = medians;
  const ms = value => `${value.toFixed(1)} ms`;
  const met = medians.cached < TARGET_MS;
  process.stdout.write(
    [
      `Measured with ${tool}, ${values.runs} runs each, medians:`,
      `node -e 0                          ${ms(node)}`,
      `credential-process, kept           ${ms(
        medians.cached,
      )}  < ${TARGET_MS}  ${met ? 'met' : 'MISSED'}`,
      `--help (the whole program)         ${ms(help)}`,
      `credential-process ÷ node -e 0     ${(medians.cached / node).toFixed(
        2,
      )}`,
      '',
    ].join('\n'),
  );
  process.exitCode = met ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
