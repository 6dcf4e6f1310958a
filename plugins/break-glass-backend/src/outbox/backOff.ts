import { Millis } from '../database/types';

const FIRST: Millis = 1_000;
const LONGEST: Millis = 5 * 60_000;

/**
 * How long to wait after the given number of attempts: doubling from a second
 * to five minutes, of which `random` (0 to 1) takes away up to a half, so that
 * messages that failed together do not come back together.
 */
export function backOff(attempts: number, random: number): Millis {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 30));
  return Math.round(full * (1 - random / 2));
}
