// Runs everything: types, lint, format, unit and integration tests, browser tests. The last line counts the tests.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import {
  findChromium,
  findKeyring,
  findPostgres,
  postgresAnswers,
} from './lib/surroundings.mjs';
import {
  addCounts,
  countJest,
  countNode,
  countPlaywright,
  crashedFiles,
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

/**
 * Tests of the packages. A file whose process was killed by a signal, as by a crash in native code (DuckDB, SQLite), is
 * run once more, by itself; a test that failed is not.
 */
async function packageRun(environment) {
  const first = await test('packages', countJest, packageTests, environment);
  const crashed = first.ok
    ? []
    : crashedFiles(readResult(`${RESULTS}/packages`));
  if (crashed.length === 0) {
    return first;
  }
  console.log(`Crashed by a signal, run again: ${crashed.join(', ')}`);
  const again = await test(
    'packages again',
    countJest,
    file => packageTests(file, crashed),
    environment,
  );
  const counts = addCounts(first.counts, again.counts, {
    passed: 0,
    failed: -crashed.length,
    skipped: 0,
  });
  return { ok: again.ok && counts.failed === 0, counts };
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

function packageTests(file, only = []) {
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
      ...(only.length > 0 ? ['--runTestsByPath', ...only] : []),
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
  const keyring = findKeyring(process.env.PATH);
  const missing = [postgres.missing, chromium.missing, keyring.missing].filter(
    Boolean,
  );

  const outcomes = [];
  for (const one of CHECKS) {
    outcomes.push(await check(one));
  }
  const runs = [
    await test('scripts', countNode, scriptTests),
    await packageRun(postgres.environment),
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
