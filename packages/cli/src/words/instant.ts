import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { durationWords, parseDuration } from './duration';

/** An instant with its distance from now: `2026-10-01 14:00 UTC (in 2 h)`. */
export function instantWords(instant: string, now: number): string {
  const exact = `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
  return `${exact} (${distanceWords(instant, now)})`;
}

/** `in 2 h`, `3 min ago` or `now`; less than a minute is now. */
export function distanceWords(instant: string, now: number): string {
  const milliseconds = Date.parse(instant) - now;
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  if (minutes === 0) {
    return 'now';
  }
  return milliseconds > 0
    ? `in ${durationWords(minutes)}`
    : `${durationWords(minutes)} ago`;
}

/**
 * Reads a start: an instant with its zone, or `+2h` from now.
 *
 * @returns ISO 8601 UTC with milliseconds
 * @throws CliError with `usage`
 */
export function parseStart(text: string, now: number): string {
  if (text.startsWith('+')) {
    return new Date(now + parseDuration(text.slice(1)) * 60_000).toISOString();
  }
  const withZone = /T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/i.test(text);
  const instant = withZone ? Date.parse(text) : NaN;
  if (Number.isNaN(instant)) {
    throw new CliError(
      `"${text}" is no start. It looks like 2026-10-01T14:00Z, 2026-10-01T16:00+02:00 or +2h.`,
      EXIT.usage,
    );
  }
  return new Date(instant).toISOString();
}
