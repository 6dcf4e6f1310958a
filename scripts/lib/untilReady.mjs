import { setTimeout as pause } from 'node:timers/promises';

const POLL_EVERY_MS = 250;

/**
 * Waits until an address answers with success, or, with `anyStatus`, until it answers at all.
 *
 * @param {string} url
 * @param {{withinMs: number, anyStatus?: boolean, signal?: AbortSignal}} options
 * @throws Error when the time is over; the signal's reason when it is aborted
 */
export async function untilReady(url, { withinMs, anyStatus, signal }) {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (await answers(url, anyStatus)) {
      return;
    }
    await pause(POLL_EVERY_MS, undefined, { signal }).catch(() => {});
  }
  signal?.throwIfAborted();
  throw new Error(`${url} did not answer within ${withinMs / 1000} s`);
}

async function answers(url, anyStatus) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return anyStatus || response.ok;
  } catch {
    return false;
  }
}
