import { Millis } from '../database/types';
import { identityOf, secondOf } from './identity';
import { ObservedUse } from './observe';

/** A switch of roles and its AssumeRole are recorded this close to each other. */
const SWITCH_LASTS: Millis = 60_000;

/**
 * One use for all records that tell of the same: the records of both accounts of
 * an AssumeRole, and sign-ins with a session whose AssumeRole is there too. Of
 * several records of one use the one that names who did it counts. Pure; the
 * order of the records does not matter.
 */
export function mergeRecords(observed: ObservedUse[]): ObservedUse[] {
  const assumed = new Map<string, ObservedUse>();
  for (const use of observed.filter(each => each.kind === 'assume-role')) {
    const key = `${identityOf(use)} ${use.issuedKeyId}`;
    assumed.set(key, better(assumed.get(key), use));
  }
  const begun = [...assumed.values()];
  const others = new Map<string, ObservedUse>();
  for (const use of observed.filter(each => each.kind !== 'assume-role')) {
    const start = begun.find(each => isStartOf(each, use));
    if (start) {
      start.switchFrom ??= use.switchFrom;
    } else {
      const key = identityOf(use);
      others.set(key, better(others.get(key), use));
    }
  }
  return [...begun, ...others.values()].sort(
    (a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1),
  );
}

/** A copy, so that what was handed in stays as it was. */
function better(
  known: ObservedUse | undefined,
  other: ObservedUse,
): ObservedUse {
  if (!known) {
    return { ...other };
  }
  const rank = (use: ObservedUse) =>
    `${use.principalArn ? 0 : 1} ${use.at} ${use.eventId}`;
  return rank(other) < rank(known) ? { ...other } : known;
}

/** Whether a sign-in was made with the session that an AssumeRole began. */
function isStartOf(assumed: ObservedUse, signIn: ObservedUse): boolean {
  const { session } = signIn;
  if (!session || session.arn !== assumed.session?.arn) {
    return false;
  }
  return session.createdAt === undefined
    ? Math.abs(signIn.at - assumed.at) <= SWITCH_LASTS
    : secondOf(session.createdAt) === secondOf(assumed.session.createdAt!);
}
