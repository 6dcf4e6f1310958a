import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer.
 *
 * @param {string} what - what is waited for, for the error
 * @param {{withinMs: number, everyMs?: number, signal: AbortSignal}} limits
 * @param {() => Promise<unknown>} ask - a falsy answer is none yet
 * @throws Error that names what did not come in time
 */
export async function until(what, { withinMs, everyMs = 1000, signal }, ask) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what}: not within ${withinMs / 1000} s`);
    }
    await sleep(everyMs, undefined, { signal });
  }
}
