import { createHash } from 'crypto';
import { LogDay } from '../LogListing';

/** Counts up when a day would be kept in another form. */
const VERSION = 3;

/**
 * Name of a day in the cache, by all that its files say about themselves: one
 * that arrives late, goes, or changes makes it another day.
 * @returns 64 hexadecimal digits
 */
export function dayKey(day: LogDay): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([VERSION, day.layout, day.accountId ?? '']));
  for (const { path, size, changedAt } of day.files) {
    hash.update(JSON.stringify([path, size, changedAt]));
  }
  return hash.digest('hex');
}
