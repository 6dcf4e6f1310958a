import { Millis } from '../database/types';
import {
  accountIn,
  CloudTrailRecord,
  givesCredentials,
  instant,
  recordingAccount,
  sessionNameOf,
  text,
} from './cloudTrailRecord';
import { ChainedSession, IssuedSession, Owner, Ownership } from './ownership';
import { callsOf, mainOf, UniqueRecord } from './uniqueRecords';

export type { ChainedSession, IssuedSession } from './ownership';

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
  /** Account whose trail delivered it, where it is not the one of the lease's role. */
  accountId?: string;
  /** Other accounts that recorded the same call; absent where there is none. */
  alsoIn?: string[];
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
  /**
   * Ids of events that fewer records would have shown as the lease's: before a
   * stranger's AssumeRole was delivered, or before the call's own account
   * recorded it. Where an earlier look stored them, they leave the evidence.
   */
  withdrawn: Set<string>;
}

/**
 * Decides which records belong to a lease (I7). A record belongs to it only if
 * its ARN and the creation time of its session are those of an AssumeRole that
 * returned an access key which we recorded, or of an AssumeRole that was made
 * from such a session. Names, parts of names, source identities and times alone
 * prove nothing: whoever may assume the role can copy them. A call that several
 * accounts recorded is one event. Pure; the order of the records does not matter.
 * @param records - redacted candidates, in any order, duplicates included.
 * @param names - what the lease's sessions are called, those included whose key is not known.
 */
export function attribute(
  records: CloudTrailRecord[],
  issued: IssuedSession[],
  names = new Set(issued.map(session => session.sessionName)),
): Attribution {
  const calls = callsOf(records);
  const known = calls.flatMap(call => call.map(({ record }) => record));
  const ownership = new Ownership(known, issued);
  const unaware = ownership.isContested
    ? new Ownership(known, issued, true)
    : undefined;
  const home = accountIn(issued[0]?.roleArn);

  const { proven, chained } = ownership;
  const result: Attribution = {
    ...{ events: [], unbrokered: [], unfollowed: [], disputed: 0 },
    ...{ proven, chained, withdrawn: new Set() },
  };
  for (const call of calls) {
    const owned = call.filter(({ record }) => ownership.ownerOf(record));
    if (owned.length > 0) {
      addEvent(result, ownership, { call, main: mainOf(owned), home });
    } else {
      addForeign(result, ownership, { call, names, unaware });
    }
  }
  result.events.sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
  return result;
}

/** Adds a call of the lease, once, with the accounts that recorded it. */
function addEvent(
  result: Attribution,
  ownership: Ownership,
  of: { call: UniqueRecord[]; main: UniqueRecord; home?: string },
): void {
  const { eventId, record } = of.main;
  const owner = ownership.ownerOf(record)!;
  result.events.push({
    ...attributed(eventId, record, owner),
    ...accountsOf(of),
  });
  for (const copy of of.call) {
    if (copy.eventId !== eventId) {
      result.withdrawn.add(copy.eventId);
    }
  }
  const gave = of.call.map(each => each.record);
  if (
    gave.some(givesCredentials) &&
    !gave.some(each => ownership.givesOwned(each))
  ) {
    result.unfollowed.push(record);
  }
}

/** Adds a call that is not the lease's, where it looks like one of its. */
function addForeign(
  result: Attribution,
  ownership: Ownership,
  of: { call: UniqueRecord[]; names: Set<string>; unaware?: Ownership },
): void {
  const { call, names, unaware } = of;
  for (const { eventId, record } of call) {
    if (unaware?.ownerOf(record)) {
      result.withdrawn.add(eventId);
    }
  }
  const disputed = call.find(({ record }) => ownership.isDisputed(record));
  const named = call.find(
    ({ record }) =>
      carriesName(record, names) || ownership.isForeignIssue(record, names),
  );
  result.disputed += Number(disputed !== undefined);
  const foreign = disputed ?? named;
  if (foreign) {
    result.unbrokered.push(foreign.record);
  }
}

function attributed(
  eventId: string,
  record: CloudTrailRecord,
  owner: Owner & { session: { createdAt: Millis } },
): AttributedRecord {
  return {
    eventId,
    at: instant(text(record, 'eventTime')) ?? owner.session.createdAt,
    record,
    sessionId: owner.sessionId,
    chained: owner.chained,
  };
}

function accountsOf(of: {
  call: UniqueRecord[];
  main: UniqueRecord;
  home?: string;
}): Pick<AttributedRecord, 'accountId' | 'alsoIn'> {
  const account = recordingAccount(of.main.record);
  const others = of.call
    .flatMap(({ record }) => recordingAccount(record) ?? [])
    .filter(each => each !== account);
  const alsoIn = [...new Set(others)].sort();
  return {
    ...(account && account !== of.home && { accountId: account }),
    ...(alsoIn.length > 0 && { alsoIn }),
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
