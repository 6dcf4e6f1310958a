import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { longestTask } from '../bench/lib/timeline/longestTask.mjs';

const thread = (tid, name) => ({
  ...{ ph: 'M', name: 'thread_name', pid: 1, tid, args: { name } },
});
const task = (tid, startMs, ms, cpuMs) => ({
  ...{ ph: 'X', name: 'RunTask', pid: 1, tid },
  ...{ ts: startMs * 1000, dur: ms * 1000, tdur: cpuMs * 1000 },
});

describe('the longest task of a trace', () => {
  const threads = [thread(1, 'CrRendererMain'), thread(2, 'Compositor')];

  it('is one of the main thread, whatever other threads do', () => {
    const events = [
      ...threads,
      task(1, 0, 30, 20),
      task(2, 10, 900, 800),
      task(1, 1000, 40, 5),
    ];

    assert.deepEqual(longestTask(events, 500), { ms: 40, cpuMs: 20 });
  });

  it('is not told from a trace that ends before the work does', () => {
    const events = [...threads, task(1, 0, 30, 20), task(1, 1000, 40, 5)];

    assert.throws(() => longestTask(events, 2000), /covers 1000 ms of 2000 ms/);
  });

  it('is not told from a trace without tasks', () => {
    assert.throws(() => longestTask(threads, 0), /covers/);
  });
});
