/** What the command says to the shell. Documented in the README. */
export const EXIT = {
  ok: 0,
  /** Something unexpected; the message says what. */
  failed: 1,
  /** Wrong arguments or options. */
  usage: 2,
  /** Not signed in, or the sign-in ran out: `break-glass login`. */
  notSignedIn: 3,
  /** No lease that is active now: `break-glass request`. */
  noLease: 4,
  /** The portal refused: not eligible, decided already, stopped. */
  refused: 5,
  /** The portal or AWS does not answer; worth trying again. */
  unavailable: 6,
  /** As shells have it: there is no such command for `exec`. */
  noCommand: 127,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
