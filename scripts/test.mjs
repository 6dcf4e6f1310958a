// Runs everything: types, lint, format, unit and integration tests, browser tests. The last line counts the tests.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import {
  findChromium,
  findPostgres,
  postgresAnswers,
} from './lib/surroundings.mjs';
import {
  addCounts,
  countJest,
  countNode,
  countPlaywright,
  formatCounts,
} from './lib/testCounts.mjs';

const bin = name => inRoot('node_modules/.bin', name);
const RESULTS = inRoot('.data/test-results');

/** Checks without tests of their own: one line each, and their output when they fail. */
const CHECKS = [
  ['types', [bin('tsc'), '--noEmit']],
  ['lint', [bin('backstage-cli'), 'repo', 'lint', '--max-warnings', '0']],
  [
    'lint of scripts',
    [bin('eslint'), '--ext', '.mjs,.ts', 'scripts', 'playwright.config.ts'],
  ],
  ['format', [bin('prettier'), '--check', '.', '--loglevel', 'warn']],
];

async function check([name, command]) {
  const startedAt = Date.now();
  const { ok, output } = await run(command, { quiet: true });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`${name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (!ok) {
    console.log(output.trim());
  }
  return ok;
}

/** Runs tests, then counts them from the file that the runner leaves. */
async function test(name, count, toCommand, environment) {
  const file = `${RESULTS}/${name}`;
  const { command, variables } = toCommand(file);
  const { ok } = await run(command, {
    environment: { ...environment, ...variables },
  });
  const counts = count(readResult(file));
  console.log(`${name}: ${formatCounts(counts)}`);
  return { ok, counts };
}

function readResult(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function scriptTests(file) {
  const folder = inRoot('scripts/tests');
  return {
    command: [
      process.execPath,
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${file}`,
      ...readdirSync(folder)
        .filter(name => name.endsWith('.test.mjs'))
        .map(name => `${folder}/${name}`),
    ],
  };
}

function packageTests(file) {
  return {
    command: [
      bin('backstage-cli'),
      'repo',
      'test',
      '--watchAll=false',
      '--maxWorkers=2',
      // A slow machine is no failing test.
      '--testTimeout=60000',
      '--json',
      `--outputFile=${file}`,
    ],
  };
}

function browserTests(file) {
  return {
    command: [bin('playwright'), 'test', '--reporter=list,json'],
    variables: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  };
}

async function main() {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  const postgres = await findPostgres(process.env, postgresAnswers);
  const chromium = findChromium(process.env);
  const missing = [postgres.missing, chromium.missing].filter(Boolean);

  const outcomes = [];
  for (const one of CHECKS) {
    outcomes.push(await check(one));
  }
  const runs = [
    await test('scripts', countNode, scriptTests),
    await test('packages', countJest, packageTests, postgres.environment),
  ];
  if (!chromium.missing) {
    runs.push(
      await test(
        'browser',
        countPlaywright,
        browserTests,
        chromium.environment,
      ),
    );
  }

  const mayMiss = process.env.CI !== 'true';
  missing.forEach(line =>
    console.log(`${mayMiss ? 'Skipped' : 'FAILED'}: ${line}`),
  );
  const counts = addCounts(...runs.map(({ counts: some }) => some));
  console.log(formatCounts(counts));
  return (
    outcomes.every(Boolean) &&
    runs.every(({ ok }) => ok) &&
    counts.failed === 0 &&
    (mayMiss || missing.length === 0)
  );
}

main().then(
  ok => process.exit(ok ? 0 : 1),
  error => {
    console.error(error);
    process.exit(1);
  },
);
