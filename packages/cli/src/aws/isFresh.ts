import { CachedCredentials } from './cache/CachedCredentials';

const FIVE_MINUTES = 5 * 60_000;
/** A clock that was set back says nothing about what is left. */
const SET_BACK_MS = 60_000;

/**
 * Whether credentials are used as they are. They are renewed when a tenth of their lifetime is left, at most five
 * minutes; those that last to the end of their lease are not, as nobody can have longer ones.
 *
 * @param now - epoch milliseconds
 */
export function isFresh(
  cached: Pick<CachedCredentials, 'issuedAt' | 'leaseEndsAt'> & {
    credentials: { expiration: string };
  },
  now: number,
): boolean {
  const end = Date.parse(cached.credentials.expiration);
  const start = Date.parse(cached.issuedAt);
  if (now >= end || now < start - SET_BACK_MS) {
    return false;
  }
  if (cached.leaseEndsAt && end >= Date.parse(cached.leaseEndsAt)) {
    return true;
  }
  return end - now > Math.min((end - start) / 10, FIVE_MINUTES);
}
