import { Millis, SessionRow, Stores, UnbrokeredRow } from '../database/types';
import { isAnswerLost } from '../leases/isAnswerLost';
import { beganWith, isNamedLike } from './explainedBy';
import { identityOf, keyedIdentityOf } from './identity';
import { ObservedUse } from './observe';
import { MAY_BE_LOST } from './useWords';

/** Uses of one lease that are looked through. */
const MOST_USES = 500;
/** A request whose end was never recorded was sent at once, or not at all: AWS is given half a minute to answer. */
const LONGEST_REQUEST: Millis = 150_000;

/**
 * Whether a use may be what AWS made of a request whose answer was lost: a session
 * of that name that began while the portal waited for it. A lost answer explains
 * one use at most, whichever is found first: whoever keeps on taking the name does
 * not hide behind it.
 *
 * @param sessions - all sessions of the lease in its name
 * @param judged - what was found to be one in the same run, not stored yet
 */
export async function mayBeLostAnswer(
  stores: Pick<Stores, 'unbrokered'>,
  use: ObservedUse,
  leaseId: string,
  sessions: SessionRow[],
  judged: ObservedUse[],
): Promise<boolean> {
  const lost = sessions.filter(
    session => isAnswerLost(session) && isNamedLike(use, session),
  );
  // Calls and sign-ins take the credentials in somebody's hands.
  if (
    use.kind !== 'assume-role' ||
    !lost.some(session => wasAskedAt(session, use.at))
  ) {
    return false;
  }
  const stored = await stores.unbrokered.list(
    { leaseId },
    { limit: MOST_USES },
  );
  const others = [
    ...stored.filter(
      row => row.words.includes(MAY_BE_LOST) && !isItemOf(row, use),
    ),
    ...judged.filter(other => !isSame(other, use)),
  ];
  const free = others.reduce(withoutItsAnswer, lost);
  return free.some(session => wasAskedAt(session, use.at));
}

/** Whether the portal waited for the answer then. */
function wasAskedAt(session: SessionRow, at: Millis): boolean {
  const { requestedAt, issuedAt = requestedAt + LONGEST_REQUEST } = session;
  return beganWith({ ...session, issuedAt }, at);
}

function withoutItsAnswer(
  free: SessionRow[],
  { at }: { at: number },
): SessionRow[] {
  const taken = free.findIndex(session => wasAskedAt(session, at));
  return free.filter((_, index) => index !== taken);
}

function isSame(one: ObservedUse, other: ObservedUse): boolean {
  return (
    identityOf(one) === identityOf(other) &&
    one.issuedKeyId === other.issuedKeyId
  );
}

/** Whether a use is that item, found again. */
function isItemOf(
  { identity, accessKeyIds }: UnbrokeredRow,
  use: ObservedUse,
): boolean {
  const key = use.issuedKeyId;
  const own = identityOf(use);
  return key === undefined || accessKeyIds.length === 0
    ? identity === own
    : accessKeyIds.includes(key) &&
        [own, keyedIdentityOf(own, key)].includes(identity);
}
