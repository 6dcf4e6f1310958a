import { notAllowedError } from '../errors';

/** Shortest and, for a broker that may itself run under a role, longest session of STS, in seconds. */
export const MIN_SESSION_SECONDS = 900;
export const MAX_SESSION_SECONDS = 3_600;

/**
 * `DurationSeconds` of one issue: at most an hour, the role's limit and what
 * remains of the lease. STS issues nothing under 15 minutes; where less
 * remains, the lease-end deny of the session policy stops the credentials in
 * time (pitfall 16).
 *
 * @param limits - the role's limit in seconds; what remains of the lease in
 *   milliseconds, absent for a standing role
 * @throws NotAllowedError `no-active-lease` where nothing remains
 */
export function sessionDuration(limits: {
  roleSeconds: number;
  remainingMs?: number;
}): number {
  const remaining = limits.remainingMs ?? Infinity;
  if (!(remaining > 0)) {
    throw notAllowedError(
      'no-active-lease',
      'This lease is over. Request a new one if you still need access.',
    );
  }
  const wanted = Math.min(
    MAX_SESSION_SECONDS,
    limits.roleSeconds,
    Math.floor(remaining / 1_000),
  );
  return Math.max(MIN_SESSION_SECONDS, wanted);
}
