import { createHash } from 'crypto';
import { LogDay } from '../LogListing';

/** Counts up when a day would be kept in another form. */
const VERSION = 4;

/**
 * Name of a day in the cache, by all that its files say about themselves: one
 * that arrives late, goes, or changes makes it another day.
 * @returns 64 hexadecimal digits
 */
export function dayKey(day: LogDay): string {
  const said = day.files.map(({ path, size, changedAt }) => [
    path,
    size,
    changedAt,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([VERSION, day.layout, day.accountId ?? '', said]))
    .digest('hex');
}
