import { Millis } from '../database/types';
import {
  AssumedSession,
  CloudTrailRecord,
  instant,
  member,
  text,
} from './cloudTrailRecord';

const HOUR = 60 * 60_000;
/** AWS gives a role that was assumed from another role's session one hour at most. */
const USUAL: Millis = HOUR;
/** No role gives more: what a record says beyond it is a mistake. */
const LONGEST: Millis = 12 * HOUR;

/**
 * When the credentials of a session that was assumed from another stop working,
 * in epoch milliseconds: the latest end that its AssumeRole record names, or an
 * hour where it names none. Ending the first role does not end them.
 */
export function chainedEnd(
  record: CloudTrailRecord,
  session: AssumedSession,
): Millis {
  const { createdAt } = session;
  const seconds = member(record, 'requestParameters', 'durationSeconds');
  const named = [
    typeof seconds === 'number' ? createdAt + seconds * 1000 : NaN,
    expiration(text(record, 'responseElements', 'credentials', 'expiration')),
  ].filter(end => end > createdAt);
  const end = named.length ? Math.max(...named) : createdAt + USUAL;
  return Math.min(end, createdAt + LONGEST);
}

/** CloudTrail writes `Oct 1, 2026, 1:09:00 PM`, in UTC without saying so. */
function expiration(value: string | undefined): number {
  const words = value?.replace(/\s+/gu, ' ').trim();
  return instant(words) ?? (words ? Date.parse(`${words} UTC`) : NaN);
}
