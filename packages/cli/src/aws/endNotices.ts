/** Something to tell the person at a time. */
export interface Notice {
  /** Milliseconds from now; 0 at once. */
  after: number;
  text: string;
}

const MINUTE = 60_000;
const SOON = 10 * MINUTE;
const LAST_CALL = 5 * MINUTE;

/**
 * What a running command's owner is told of the end of its credentials: at once where they end within ten minutes,
 * else five minutes before; and at the end.
 *
 * @param now - epoch milliseconds
 */
export function endNotices(
  { expiration }: { expiration: string },
  now: number,
): Notice[] {
  const left = Date.parse(expiration) - now;
  const minutes = Math.max(1, Math.round(left / MINUTE));
  const soon: Notice =
    left <= SOON
      ? {
          after: 0,
          text: `These credentials end in ${minutes} ${
            minutes === 1 ? 'minute' : 'minutes'
          }, at ${expiration}.`,
        }
      : {
          after: left - LAST_CALL,
          text: `These credentials end in 5 minutes, at ${expiration}.`,
        };
  return [
    soon,
    {
      after: Math.max(0, left),
      text: 'These credentials have ended. Run the command again for new ones, while you have a lease.',
    },
  ];
}
