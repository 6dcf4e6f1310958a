import { Millis } from '../database/types';
import { ObservedUse } from './observe';

const MINUTE = 60_000;
/** Our sessions last an hour at most; clocks differ. */
export const OUR_LONGEST_SESSION: Millis = 65 * MINUTE;

/** What a sign-in without its AssumeRole record comes to. */
export type SignInTiming = 'judge' | 'later' | 'earlier';

/**
 * Whether a sign-in with a session whose AssumeRole is not among the records can
 * be judged. The record may still arrive: then the portal may have issued the
 * session after all. It may lie before the time that was looked at: then an
 * earlier scan judged the session. Pure.
 * @param facts.from - start of the time that was looked at
 */
export function signInTiming(
  use: Pick<ObservedUse, 'kind' | 'session' | 'at'>,
  facts: { from: Millis; now: Millis; settling: Millis },
): SignInTiming {
  if (use.kind !== 'console-sign-in' || !use.session) {
    return 'judge';
  }
  const { createdAt } = use.session;
  if (
    createdAt !== undefined &&
    createdAt < facts.from &&
    use.at - createdAt <= OUR_LONGEST_SESSION
  ) {
    return 'earlier';
  }
  return facts.now - use.at < facts.settling ? 'later' : 'judge';
}
