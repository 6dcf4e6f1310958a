const MAIN_THREAD = 'CrRendererMain';
const TASK = 'RunTask';

/**
 * What a trace has to hold so that `longestTask` finds tasks. `toplevel` has them, too, with so much else that the
 * trace of a long list is larger than the longest string.
 */
export const TASK_CATEGORIES = ['disabled-by-default-devtools.timeline'];

const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
// A trace has more tasks than a call takes arguments.
const largest = numbers => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
const smallest = numbers => numbers.reduce((a, b) => Math.min(a, b), Infinity);

/**
 * The longest tasks on the main thread of any page in a trace of Chromium, in milliseconds.
 *
 * @param {{ph: string, name: string, pid: number, tid: number, ts?: number, dur?: number, tdur?: number,
 *   args?: object}[]} events - `dur` counts the waiting for a processor that others use, `tdur` does not
 * @param {number} atLeastMs - how long what was traced took
 * @returns {{ms: number, cpuMs: number}} of the task that took longest, and of the one that computed longest
 * @throws Error where the trace does not cover that: its buffer was full
 */
export function longestTask(events, atLeastMs) {
  const mainThreads = new Set(
    events
      .filter(
        ({ name, args }) =>
          name === 'thread_name' && args?.name === MAIN_THREAD,
      )
      .map(threadOf),
  );
  const tasks = events.filter(
    event =>
      event.ph === 'X' &&
      event.name === TASK &&
      mainThreads.has(threadOf(event)),
  );
  const times = tasks.map(({ ts }) => ts);
  const coveredMs = (largest(times) - smallest(times)) / 1000;
  if (!(coveredMs >= atLeastMs)) {
    throw new Error(
      `The trace covers ${Math.round(coveredMs)} ms of ${Math.round(
        atLeastMs,
      )} ms`,
    );
  }
  return {
    ms: largest(tasks.map(({ dur }) => dur)) / 1000,
    cpuMs: largest(tasks.map(({ tdur }) => tdur ?? 0)) / 1000,
  };
}
