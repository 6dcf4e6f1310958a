// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import fc from 'fast-check';
import { commandsOf } from './LifeCommand';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Time goes by. */
export const passing = commandsOf(
  'wait seconds',
  fc.constantFrom(
    ...[1, 10, 31, 5 * MINUTE, 16 * MINUTE, 31 * MINUTE, HOUR],
    ...[2 * HOUR, 5 * HOUR, 9 * HOUR, 31 * HOUR, 4 * 24 * HOUR],
  ),
  async (world, seconds) => world.clock.advance({ seconds }),
);

/** The database's clock goes wrong, or right again. */
export const skewing = commandsOf(
  'let the database be ahead by seconds',
  fc.constantFrom(0, 0, 0, 29, 31, -29, -31, HOUR),
  async (world, seconds) => {
    world.skew = seconds * 1_000;
  },
);
