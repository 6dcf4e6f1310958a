/** How many tests passed, failed and were skipped. */
export const NONE = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** What a runner that left no readable result counts as: it must not pass for "nothing to test". */
export const BROKEN_RUN = Object.freeze({ ...NONE, failed: 1 });

export function addCounts(...counts) {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    NONE,
  );
}

export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Counts of Jest's `--json` result. A file that could not run at all counts as one failed test. */
export function countJest(text) {
  return parsed(text, result => ({
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  }));
}

/** Of Jest's `--json` result: the test files whose process ended by a signal, where nothing else is wrong with them. */
export function crashedFiles(text) {
  try {
    return JSON.parse(text)
      .testResults.filter(
        ({ assertionResults, message }) =>
          assertionResults.length === 0 &&
          /jest worker process .* was terminated by another process: signal=SIG(SEGV|ABRT|BUS)/.test(
            message,
          ),
      )
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Counts of Playwright's `json` reporter. An error outside of every test counts as one failed test. */
export function countPlaywright(text) {
  return parsed(text, ({ stats, errors = [] }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }));
}

/** Counts of the summary that Node's own test runner writes in TAP. */
export function countNode(text) {
  const of = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const counts = {
    passed: of('pass'),
    failed: of('fail') + of('cancelled'),
    skipped: of('skipped') + of('todo'),
  };
  return Object.values(counts).some(Number.isNaN) ? BROKEN_RUN : counts;
}

function parsed(text, read) {
  try {
    const counts = read(JSON.parse(text));
    return Object.values(counts).every(Number.isInteger) ? counts : BROKEN_RUN;
  } catch {
    return BROKEN_RUN;
  }
}
