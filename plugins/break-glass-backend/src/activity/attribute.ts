import { Millis } from '../database/types';
import { chainedEnd } from './chainedEnd';
import {
  assumedSession,
  AssumedSession,
  callingSession,
  CallingSession,
  CloudTrailRecord,
  eventIdOf,
  givesCredentials,
  instant,
  sessionArn,
  sessionNameOf,
  text,
} from './cloudTrailRecord';

/** A session that was issued under the lease, as it was recorded (I3). */
export interface IssuedSession {
  id: string;
  roleArn: string;
  sessionName: string;
  /** The key that AWS returned to the broker: what proves the session is ours. */
  accessKeyId: string;
}

/** A record that belongs to the lease. */
export interface AttributedRecord {
  eventId: string;
  /** Epoch milliseconds; of a record without a time, the start of its session. */
  at: Millis;
  record: CloudTrailRecord;
  /** The issued session it was made with, directly or through other roles. */
  sessionId: string;
  /** Made with a role that was assumed from the session. */
  chained: boolean;
}

/** A session that was assumed from a session of the lease. */
export interface ChainedSession extends AssumedSession {
  /** The issued session it goes back to. */
  sessionId: string;
  /** With the role's path, which ARNs of sessions leave out; absent where the record does not say. */
  roleArn?: string;
  /** When its credentials stop working, whatever happens to the session. */
  endsAt: Millis;
}

/** Which records belong to a lease, and what is left over. */
export interface Attribution {
  /** In the order of time and id. */
  events: AttributedRecord[];
  /** They carry the lease's name, but come from a session that it did not issue (I7, pitfall 38). */
  unbrokered: CloudTrailRecord[];
  /** How many of the unbrokered may be the lease's: a stranger took its name in the same second. */
  disputed: number;
  /** Sessions whose AssumeRole record was seen. */
  proven: Set<string>;
  chained: ChainedSession[];
  /** Records that gave out credentials from the lease's sessions which are not followed any further. */
  unfollowed: CloudTrailRecord[];
}

/** Roles assumed one from another that are followed. AWS has no limit; people use one. */
const MAX_HOPS = 2;

/** Whose a session is, by the access key that its AssumeRole returned. */
type Owners = Map<string, Owner>;
interface Owner {
  sessionId: string;
  chained: boolean;
}
/** A record of a successful AssumeRole, with what it gave out. */
interface Assumed {
  record: CloudTrailRecord;
  session: AssumedSession;
}
/** By ARN and creation time. */
type OwnedSessions = Map<string, Owners>;

/**
 * Decides which records belong to a lease (I7). A record belongs to it only if
 * its ARN and the creation time of its session are those of an AssumeRole that
 * returned an access key which we recorded, or of an AssumeRole that was made
 * from such a session. Names, parts of names, source identities and times alone
 * prove nothing: whoever may assume the role can copy them. Pure; the order of
 * the records does not matter.
 * @param records - redacted candidates, in any order, duplicates included.
 */
export function attribute(
  records: CloudTrailRecord[],
  issued: IssuedSession[],
): Attribution {
  const unique = [
    ...new Map(records.map(record => [eventIdOf(record), record])),
  ];
  const assumed: Assumed[] = unique.flatMap(([, record]) => {
    const session = assumedSession(record);
    return session ? [{ record, session }] : [];
  });
  const owned: OwnedSessions = new Map();
  const proven = ownIssued(owned, assumed, issued);
  const chained = ownChained(owned, assumed);
  const foreignKeys = keysOfOthers(owned, assumed);

  const events: AttributedRecord[] = [];
  const unbrokered: CloudTrailRecord[] = [];
  const unfollowed: CloudTrailRecord[] = [];
  let disputed = 0;
  const names = new Set(issued.map(session => session.sessionName));
  for (const [eventId, record] of unique) {
    const owner = ownerOf(owned, foreignKeys, record);
    if (owner) {
      events.push(attributed(eventId, record, owner));
      if (givesCredentials(record) && !givesOwned(owned, record)) {
        unfollowed.push(record);
      }
    } else if (isDisputed(owned, foreignKeys, record)) {
      disputed += 1;
      unbrokered.push(record);
    } else if (
      carriesName(record, names) ||
      isForeignIssue(record, names, owned)
    ) {
      unbrokered.push(record);
    }
  }
  events.sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
  return { events, unbrokered, disputed, proven, chained, unfollowed };
}

/** Sessions of the lease: an AssumeRole gave out a key that we recorded, for the ARN that we recorded. */
function ownIssued(
  owned: OwnedSessions,
  assumed: Assumed[],
  issued: IssuedSession[],
): Set<string> {
  const byKey = new Map(issued.map(each => [each.accessKeyId, each]));
  const proven = new Set<string>();
  for (const { session } of assumed) {
    const known = byKey.get(session.accessKeyId);
    if (known && sessionArn(known.roleArn, known.sessionName) === session.arn) {
      own(owned, session, { sessionId: known.id, chained: false });
      proven.add(known.id);
    }
  }
  return proven;
}

/** Sessions that were assumed from one of the lease's, hop by hop. */
function ownChained(
  owned: OwnedSessions,
  assumed: Assumed[],
): ChainedSession[] {
  const chained = new Map<string, ChainedSession>();
  for (let hop = 1; hop <= MAX_HOPS; hop++) {
    const foreignKeys = keysOfOthers(owned, assumed);
    for (const { record, session } of assumed) {
      const owner = ownerOf(owned, foreignKeys, record);
      if (owner && !chained.has(session.accessKeyId)) {
        const { sessionId } = owner;
        const roleArn = text(record, 'requestParameters', 'roleArn');
        const endsAt = chainedEnd(record, session);
        chained.set(session.accessKeyId, {
          ...session,
          sessionId,
          roleArn,
          endsAt,
        });
      }
    }
    for (const session of chained.values()) {
      own(owned, session, { sessionId: session.sessionId, chained: true });
    }
  }
  return [...chained.values()];
}

function own(owned: OwnedSessions, session: AssumedSession, owner: Owner) {
  const owners: Owners = owned.get(keyOf(session)) ?? new Map();
  owned.set(keyOf(session), owners.set(session.accessKeyId, owner));
}

/**
 * Keys that an AssumeRole by somebody else gave out for an ARN and second that
 * is also the lease's: what is done with them is not the lease's.
 */
function keysOfOthers(
  owned: OwnedSessions,
  assumed: Assumed[],
): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const { session } of assumed) {
    const key = keyOf(session);
    const owners = owned.get(key);
    if (owners && !owners.has(session.accessKeyId)) {
      keys.set(key, (keys.get(key) ?? new Set()).add(session.accessKeyId));
    }
  }
  return keys;
}

function ownerOf(
  owned: OwnedSessions,
  foreignKeys: Map<string, Set<string>>,
  record: CloudTrailRecord,
): (Owner & { session: CallingSession }) | undefined {
  const session = callingSession(record);
  const owners = session && owned.get(keyOf(session));
  if (!owners) {
    return undefined;
  }
  const accessKeyId = text(record, 'userIdentity', 'accessKeyId') ?? '';
  const known = owners.get(accessKeyId);
  if (known) {
    return { ...known, session };
  }
  // A console's calls carry a key that no AssumeRole returned. Where somebody
  // else's session has the same name and second, nobody can tell whose it is.
  return foreignKeys.has(keyOf(session))
    ? undefined
    : { ...firstOf(owners), session };
}

/**
 * Whether a call that has no owner may be the lease's all the same: its key is
 * unknown, and a stranger took the lease's name in the same second.
 */
function isDisputed(
  owned: OwnedSessions,
  foreignKeys: Map<string, Set<string>>,
  record: CloudTrailRecord,
): boolean {
  const session = callingSession(record);
  const accessKeyId = text(record, 'userIdentity', 'accessKeyId') ?? '';
  return (
    !!session &&
    owned.has(keyOf(session)) &&
    !foreignKeys.get(keyOf(session))?.has(accessKeyId)
  );
}

/** Whether what a record gave out is a session of the lease that is followed. */
function givesOwned(owned: OwnedSessions, record: CloudTrailRecord): boolean {
  const session = assumedSession(record);
  return !!session && !!owned.get(keyOf(session))?.has(session.accessKeyId);
}

/** One of several sessions of the same second: always the same one. */
function firstOf(owners: Owners): Owner {
  const [first] = [...owners.values()].sort(
    (a, b) =>
      Number(a.chained) - Number(b.chained) ||
      (a.sessionId < b.sessionId ? -1 : 1),
  );
  return first;
}

function attributed(
  eventId: string,
  record: CloudTrailRecord,
  owner: Owner & { session: CallingSession },
): AttributedRecord {
  return {
    eventId,
    at: instant(text(record, 'eventTime')) ?? owner.session.createdAt,
    record,
    sessionId: owner.sessionId,
    chained: owner.chained,
  };
}

/** Whether a call was made under the lease's name, or under its source identity. */
function carriesName(record: CloudTrailRecord, names: Set<string>): boolean {
  const name = sessionNameOf(text(record, 'userIdentity', 'arn'));
  const source = text(
    record,
    'userIdentity',
    'sessionContext',
    'sourceIdentity',
  );
  return names.has(name ?? '') || names.has(source ?? '');
}

/** Whether an AssumeRole gave out a session under the lease's name that is none of the lease's. */
function isForeignIssue(
  record: CloudTrailRecord,
  names: Set<string>,
  owned: OwnedSessions,
): boolean {
  const session = assumedSession(record);
  return (
    !!session &&
    names.has(sessionNameOf(session.arn) ?? '') &&
    !givesOwned(owned, record)
  );
}

function keyOf(session: CallingSession): string {
  return `${session.createdAt} ${session.arn}`;
}
