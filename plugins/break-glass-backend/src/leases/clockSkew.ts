import { unavailableError } from '../errors';

/** Largest difference between two clocks with which credentials are issued, in milliseconds (I11). */
export const MAX_SKEW_MS = 30_000;

/**
 * Refuses to go on where two clocks differ too much (I11, pitfall 40).
 *
 * @param own - this machine's clock, in epoch milliseconds
 * @param other - the other clock, at the same moment
 * @param whose - e.g. `the database`
 * @throws ServiceUnavailableError `clock-skew` with the difference
 */
export function refuseClockSkew(
  own: number,
  other: number,
  whose: string,
): void {
  const skew = Math.abs(own - other);
  if (!(skew <= MAX_SKEW_MS)) {
    throw clockSkewError(whose, skew);
  }
}

/** 503 that says which clocks differ, and by how much where that is known. */
export function clockSkewError(whose: string, skewMs?: number): Error {
  const by =
    skewMs !== undefined && Number.isFinite(skewMs)
      ? `${Math.round(skewMs / 1_000)} s`
      : 'too much';
  return unavailableError(
    'clock-skew',
    `The clock of the portal and that of ${whose} differ by ${by}; at most ${
      MAX_SKEW_MS / 1_000
    } s is allowed. Nothing was issued. Ask the platform team to put the time synchronisation right.`,
  );
}
