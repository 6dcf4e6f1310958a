import { Millis } from '../database/types';
import { chainedEnd } from './chainedEnd';
import {
  assumedSession,
  AssumedSession,
  callingSession,
  CallingSession,
  CloudTrailRecord,
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
  /** Calls of a console carry other keys than the one that it was opened with. */
  type?: 'console' | 'credentials';
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

/** Whose a call is. */
export interface Owner {
  sessionId: string;
  /** Whether it came through a role that was assumed from the session. */
  chained: boolean;
  /** Whether the session is a console's. */
  console: boolean;
}

/** Roles assumed one from another that are followed. AWS has no limit; people use one. */
const MAX_HOPS = 2;

/** Whose a session is, by the access key that its AssumeRole returned. */
type Owners = Map<string, Owner>;

/** A record of a successful AssumeRole, with what it gave out. */
interface Assumed {
  record: CloudTrailRecord;
  session: AssumedSession;
}

/**
 * Which sessions are a lease's (I7): those whose AssumeRole returned a key that
 * we recorded, for the ARN that we recorded, and those that were assumed from
 * one of them. Pure; the order of the records does not matter.
 */
export class Ownership {
  /** Sessions whose AssumeRole record was seen. */
  readonly proven = new Set<string>();
  /** In the order in which they were found. */
  readonly chained: ChainedSession[];
  /** By ARN and creation time. */
  private readonly owned = new Map<string, Owners>();
  private readonly assumed: Assumed[];
  /**
   * Keys that an AssumeRole by somebody else gave out for an ARN and second that
   * is also the lease's: what is done with them is not the lease's.
   */
  private strangers = new Map<string, Set<string>>();

  /**
   * @param unaware - as if no record of a stranger's AssumeRole had been seen:
   *   what a look took for the lease's before it came.
   */
  constructor(
    records: CloudTrailRecord[],
    issued: IssuedSession[],
    private readonly unaware = false,
  ) {
    this.assumed = records.flatMap(record => {
      const session = assumedSession(record);
      return session ? [{ record, session }] : [];
    });
    this.ownIssued(issued);
    this.chained = this.ownChained();
    this.strangers = this.keysOfStrangers();
  }

  /** Whether somebody else took a name of the lease in the same second. */
  get isContested(): boolean {
    return this.strangers.size > 0;
  }

  /** Whose a call is; undefined where it is not the lease's, or nobody can tell. */
  ownerOf(
    record: CloudTrailRecord,
  ): (Owner & { session: CallingSession }) | undefined {
    const session = callingSession(record);
    const owners = session && this.owned.get(keyOf(session));
    if (!owners) {
      return undefined;
    }
    const known = owners.get(keyIn(record));
    if (known) {
      return { ...known, session };
    }
    // A console's calls carry a key that no AssumeRole returned. Where somebody
    // else's session has the same name and second, nobody can tell whose it is.
    return this.strangers.has(keyOf(session))
      ? undefined
      : { ...firstOf(owners), session };
  }

  /**
   * Whether a call that has no owner may be the lease's all the same: its key is
   * unknown, and a stranger took the lease's name in the same second.
   */
  isDisputed(record: CloudTrailRecord): boolean {
    const session = callingSession(record);
    return (
      !!session &&
      this.owned.has(keyOf(session)) &&
      !this.strangers.get(keyOf(session))?.has(keyIn(record))
    );
  }

  /** Whether what a record gave out is a session of the lease that is followed. */
  givesOwned(record: CloudTrailRecord): boolean {
    const session = assumedSession(record);
    return (
      !!session && !!this.owned.get(keyOf(session))?.has(session.accessKeyId)
    );
  }

  /** Whether an AssumeRole gave out a session under one of the names that is none of the lease's. */
  isForeignIssue(record: CloudTrailRecord, names: Set<string>): boolean {
    const session = assumedSession(record);
    return (
      !!session &&
      names.has(sessionNameOf(session.arn) ?? '') &&
      !this.givesOwned(record)
    );
  }

  private ownIssued(issued: IssuedSession[]): void {
    const byKey = new Map(issued.map(each => [each.accessKeyId, each]));
    for (const { session } of this.assumed) {
      const known = byKey.get(session.accessKeyId);
      if (
        known &&
        sessionArn(known.roleArn, known.sessionName) === session.arn
      ) {
        const { id, type } = known;
        this.own(session, {
          sessionId: id,
          chained: false,
          console: type === 'console',
        });
        this.proven.add(id);
      }
    }
  }

  /** Sessions that were assumed from one of the lease's, hop by hop. */
  private ownChained(): ChainedSession[] {
    const chained = new Map<string, ChainedSession>();
    for (let hop = 1; hop <= MAX_HOPS; hop++) {
      this.strangers = this.keysOfStrangers();
      for (const { record, session } of this.assumed) {
        const owner = this.ownerOf(record);
        if (owner && !chained.has(session.accessKeyId)) {
          chained.set(session.accessKeyId, {
            ...session,
            sessionId: owner.sessionId,
            roleArn: text(record, 'requestParameters', 'roleArn'),
            endsAt: chainedEnd(record, session),
          });
        }
      }
      for (const session of chained.values()) {
        const { sessionId } = session;
        this.own(session, { sessionId, chained: true, console: false });
      }
    }
    return [...chained.values()];
  }

  private own(session: AssumedSession, owner: Owner): void {
    const key = keyOf(session);
    const owners: Owners = this.owned.get(key) ?? new Map();
    this.owned.set(key, owners.set(session.accessKeyId, owner));
  }

  private keysOfStrangers(): Map<string, Set<string>> {
    const keys = new Map<string, Set<string>>();
    for (const { session } of this.unaware ? [] : this.assumed) {
      const key = keyOf(session);
      const owners = this.owned.get(key);
      if (owners && !owners.has(session.accessKeyId)) {
        keys.set(key, (keys.get(key) ?? new Set()).add(session.accessKeyId));
      }
    }
    return keys;
  }
}

/**
 * One of several sessions of the same second, for a call whose key is none of
 * theirs: a console's before others, and always the same one.
 */
function firstOf(owners: Owners): Owner {
  const [first] = [...owners.values()].sort(
    (a, b) =>
      Number(b.console) - Number(a.console) ||
      Number(a.chained) - Number(b.chained) ||
      (a.sessionId < b.sessionId ? -1 : 1),
  );
  return first;
}

function keyIn(record: CloudTrailRecord): string {
  return text(record, 'userIdentity', 'accessKeyId') ?? '';
}

function keyOf(session: CallingSession): string {
  return `${session.createdAt} ${session.arn}`;
}
