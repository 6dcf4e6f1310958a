const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far `instant` is from `now`, in words such as `3 minutes ago`. */
export function relativeWords(
  instant: string,
  now: number,
  language: string,
): string {
  const distance = Date.parse(instant) - now;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const size = Math.abs(distance);
  if (size < MINUTE) {
    return format.format(0, 'second');
  }
  if (size < HOUR) {
    return format.format(Math.round(distance / MINUTE), 'minute');
  }
  if (size < 2 * DAY) {
    return format.format(Math.round(distance / HOUR), 'hour');
  }
  return format.format(Math.round(distance / DAY), 'day');
}

/** The exact instant in UTC, and in the person's own zone with its name. */
export function exactWords(
  instant: string,
  timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  const utc = `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
  if (timeZone === 'UTC') {
    return utc;
  }
  const local = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone,
  }).format(Date.parse(instant));
  return `${utc} (${local} ${timeZone})`;
}

/** What is left in `ms`, as `1:02:03` or `02:03`; never below zero. */
export function countdownWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${rest}` : rest;
}
