import { writeFileSync } from 'node:fs';
import { longestTask, TASK_CATEGORIES } from './longestTask.mjs';

/** Of what a trace has to cover of the work: beginning and end may be quiet. */
const COVERED = 0.9;

/**
 * Does something on a page, and watches its main thread: long tasks as the page itself sees them (over 50 ms), and
 * the longest of all in a trace of Chromium.
 *
 * @param {{name: string, traceTo?: string}} options - `traceTo`: a folder in which the trace is kept
 * @returns {Promise<{ms: number, longTasks: number, longestSeen: number, longestTraced: {ms: number, cpuMs: number}}>}
 */
export async function watchTasks(page, { name, traceTo }, work) {
  const browser = page.context().browser();
  await page.evaluate(observeLongTasks);
  await browser.startTracing(page, {
    categories: traceTo
      ? [...TASK_CATEGORIES, 'devtools.timeline', 'v8.execute']
      : TASK_CATEGORIES,
  });
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const trace = await browser.stopTracing();
  if (traceTo) {
    writeFileSync(`${traceTo}/${name}.trace.json`, trace);
  }
  const seen = await page.evaluate(takeLongTasks);
  return {
    ms,
    longTasks: seen.length,
    longestSeen: Math.max(0, ...seen),
    longestTraced: longestTask(JSON.parse(trace).traceEvents, ms * COVERED),
  };
}

function observeLongTasks() {
  window.longTasksSeen = [];
  window.longTasksObserver = new PerformanceObserver(list =>
    window.longTasksSeen.push(...list.getEntries().map(each => each.duration)),
  );
  window.longTasksObserver.observe({ type: 'longtask' });
}

function takeLongTasks() {
  const rest = window.longTasksObserver.takeRecords();
  window.longTasksObserver.disconnect();
  return [...window.longTasksSeen, ...rest.map(each => each.duration)];
}
