/** Where the sandbox reads the time. Tests pass one that they move by hand. */
export interface Clock {
  /** The present instant in milliseconds since the epoch (UTC). */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
