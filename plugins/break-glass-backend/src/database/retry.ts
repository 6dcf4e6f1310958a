import { setTimeout as delay } from 'node:timers/promises';

const POSTGRES_CODES = new Set([
  '40001', // serialization failure
  '40P01', // deadlock detected
  '55P03', // lock not available
]);

/** Whether the database refused only because of others who worked at the same time. */
export function isContention(error: unknown): boolean {
  const code = String((error as { code?: unknown })?.code ?? '');
  return (
    POSTGRES_CODES.has(code) ||
    code.startsWith('SQLITE_BUSY') ||
    code.startsWith('SQLITE_LOCKED')
  );
}

/**
 * Runs work whole, again while it fails through contention only, with a short
 * random wait between.
 */
export async function retryContention<T>(
  work: () => Promise<T>,
  options: { attempts: number; waitMs: number },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= options.attempts || !isContention(error)) {
        throw error;
      }
      await delay(options.waitMs * attempt * (0.5 + Math.random()));
    }
  }
}
