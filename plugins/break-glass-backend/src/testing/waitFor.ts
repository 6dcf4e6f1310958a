import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 50;

/**
 * Waits until something has happened that no call of ours awaits, such as the delivery of the outbox.
 * @throws Error after the limit, which a working product never comes near.
 */
export async function waitFor(
  happened: () => Promise<boolean>,
  limitMs: number = 20_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await happened())) {
    if (Date.now() > end) {
      throw new Error('It did not happen in time');
    }
    await delay(EVERY_MS);
  }
}
