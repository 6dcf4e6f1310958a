import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addCounts,
  BROKEN_RUN,
  countJest,
  countNode,
  countPlaywright,
  crashedFiles,
  formatCounts,
} from '../lib/testCounts.mjs';

describe('counting tests', () => {
  it('counts a Jest file that could not run as a failed test', () => {
    const result = JSON.stringify({
      numPassedTests: 10,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 2,
      numPendingTests: 3,
      numTodoTests: 1,
    });

    assert.deepEqual(countJest(result), { passed: 10, failed: 3, skipped: 4 });
  });

  it('names the files whose process crashed, and no file with a test that failed', () => {
    const crash =
      'A jest worker process (pid=1) was terminated by another process: signal=SIGSEGV, exitCode=null.';
    const result = JSON.stringify({
      testResults: [
        { name: '/a.test.ts', assertionResults: [], message: crash },
        { name: '/b.test.ts', assertionResults: [{}], message: crash },
        { name: '/c.test.ts', assertionResults: [], message: 'SyntaxError' },
        {
          name: '/d.test.ts',
          assertionResults: [],
          message: crash.replace('SIGSEGV', 'SIGTERM'),
        },
      ],
    });

    assert.deepEqual(crashedFiles(result), ['/a.test.ts']);
    assert.deepEqual(crashedFiles('cut off'), []);
  });

  it('counts a flaky browser test and a failed set-up as failed', () => {
    const result = JSON.stringify({
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: 'the portal did not start' }],
    });

    assert.deepEqual(countPlaywright(result), {
      passed: 4,
      failed: 3,
      skipped: 2,
    });
  });

  it('counts the summary of Node’s test runner', () => {
    const tap =
      'ok 1 - x\n# pass 7\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n';

    assert.deepEqual(countNode(tap), { passed: 7, failed: 2, skipped: 2 });
  });

  for (const count of [countJest, countPlaywright, countNode]) {
    for (const text of ['', '{}', '{"stats":{}}', 'null']) {
      it(`${count.name} takes the result "${text}" for a failure`, () => {
        assert.deepEqual(count(text), BROKEN_RUN);
      });
    }
  }

  it('adds and prints', () => {
    const sum = addCounts(
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 3, failed: 1, skipped: 0 },
    );

    assert.equal(formatCounts(sum), '4 passed, 1 failed, 2 skipped');
  });
});
