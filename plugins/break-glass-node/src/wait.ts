import { setTimeout as sleep } from 'timers/promises';

/** Waits for some milliseconds; rejects with the signal's reason as soon as it aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits with one timer. */
export const waitWithTimer: Wait = async (ms, signal) => {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};

/**
 * The same promise, given up when the signal says so: whoever is asked may not
 * listen to it, and must keep nobody waiting. What becomes of it then concerns
 * nobody any more, not even where it fails.
 * @throws the signal's reason.
 */
export async function orAborted<T>(
  running: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
    }
  });
  try {
    return await Promise.race([aborted, running]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
