import { BreakGlassConfig } from '../config/types';
import { LeaseRow, Millis, SessionRow, Stores } from '../database/types';
import { notAllowedError } from '../errors';

const HOUR: Millis = 60 * 60_000;

/*
 * Both are asked in the write, after the row and its audit entry: the locked head
 * of the audit log lets no other in between, so that nobody gets past the limit by
 * asking many times at once.
 */

/**
 * One person cannot flood the others with requests (pitfall 41).
 * @throws NotAllowedError `rate-limited`
 */
export async function refuseManyRequests(
  stores: Pick<Stores, 'leases'>,
  { limits }: Pick<BreakGlassConfig, 'limits'>,
  row: LeaseRow,
): Promise<void> {
  const since = row.requestedAt - HOUR;
  const made = await stores.leases.countRequests(row.requesterKey, since);
  if (made > limits.requestsPerHour) {
    throw tooMany(`${made - 1} requests`);
  }
}

/**
 * Nor AWS with sessions, of leases and of standing roles together.
 * @throws NotAllowedError `rate-limited`
 */
export async function refuseManySessions(
  stores: Pick<Stores, 'sessions'>,
  { limits }: Pick<BreakGlassConfig, 'limits'>,
  row: SessionRow,
): Promise<void> {
  const since = row.requestedAt - HOUR;
  const issued = await stores.sessions.countSince(row.requester, since);
  if (issued > limits.sessionsPerHour) {
    throw tooMany(`${issued - 1} sets of credentials`);
  }
}

function tooMany(what: string): Error {
  return notAllowedError(
    'rate-limited',
    `You asked for ${what} within an hour, and no more are given. Wait, or ask the platform team for a higher limit.`,
  );
}
