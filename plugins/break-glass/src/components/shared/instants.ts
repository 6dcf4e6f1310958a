const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From this many minutes on, people say an hour. */
const ABOUT_AN_HOUR = 58;

/** How far `instant` is from `now`, rounded to the nearest, in words such as `3 minutes ago`. */
export function relativeWords(
  instant: string,
  now: number,
  language: string,
): string {
  const distance = Date.parse(instant) - now;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const size = Math.abs(distance);
  const sign = Math.sign(distance);
  if (size < MINUTE) {
    return format.format(0, 'second');
  }
  const minutes = Math.round(size / MINUTE);
  if (minutes < ABOUT_AN_HOUR) {
    return format.format(sign * minutes, 'minute');
  }
  const hours = Math.max(1, Math.round(size / HOUR));
  // The unit is that of the rounded value: 47 h 40 min are two days, not 48 hours.
  if (hours * HOUR < 2 * DAY) {
    return format.format(sign * hours, 'hour');
  }
  return format.format(Math.round(distance / DAY), 'day');
}

/** Day and time in the person's own zone, with its name, such as `21 Nov, 07:18 CET`. */
export function clockWords(
  instant: string,
  language: string,
  timeZone?: string,
): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone,
  }).format(Date.parse(instant));
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
