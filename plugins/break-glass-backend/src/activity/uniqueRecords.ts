import canonicalize from 'canonicalize';
import {
  accountIn,
  CloudTrailRecord,
  eventIdOf,
  recordingAccount,
  text,
} from './cloudTrailRecord';

/** A record, however often it was delivered. */
export interface UniqueRecord {
  eventId: string;
  record: CloudTrailRecord;
}

/** Longer than any id that AWS gives. */
const LONGEST_ID = 128;

/**
 * The records that tell of one call each: first every record once, by its
 * `eventID`, then those together that `sharedEventID` says are of one call,
 * recorded in several accounts. Where records of one id differ, all of them are
 * kept: which is the lease's is not decided here. The order of the records does
 * not matter.
 */
export function callsOf(records: CloudTrailRecord[]): UniqueRecord[][] {
  const copies = [...grouped(records, eventIdOf)].map(([eventId, same]) =>
    distinct(same).map(record => ({ eventId, record })),
  );
  return [...grouped(copies, sharedIdOf).values()].flatMap(joined);
}

function distinct(records: CloudTrailRecord[]): CloudTrailRecord[] {
  // Most ids come once: only of others the content is asked.
  return records.length === 1
    ? records
    : [...new Map(records.map(each => [canonicalize(each)!, each])).values()];
}

function sharedIdOf(copies: UniqueRecord[]): string {
  const { eventId, record } = mainOf(copies);
  const shared = text(record, 'sharedEventID');
  return shared && shared.length <= LONGEST_ID
    ? `shared ${shared}`
    : `one ${eventId}`;
}

/**
 * One call of several events that share an id. An account records a call once: of
 * two events from one account each is a call, whatever id they share.
 */
function joined(events: UniqueRecord[][]): UniqueRecord[][] {
  const accounts = events.flatMap(copies => [
    ...new Set(copies.map(({ record }) => recordingAccount(record))),
  ]);
  return new Set(accounts).size === accounts.length ? [events.flat()] : events;
}

/** The record among several of one call that tells most: always the same one. */
export function mainOf(call: UniqueRecord[]): UniqueRecord {
  return call.reduce((a, b) =>
    preferred(a.record, b.record) === a.record ? a : b,
  );
}

function grouped<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/**
 * Of two records of one call, the one of the caller's own account: others are
 * told less. Where that decides nothing, any one, but always the same.
 */
function preferred(a: CloudTrailRecord, b: CloudTrailRecord): CloudTrailRecord {
  if (a === b) {
    return a;
  }
  const own = Number(isCallers(b)) - Number(isCallers(a));
  if (own !== 0) {
    return own < 0 ? a : b;
  }
  return canonicalize(a)! <= canonicalize(b)! ? a : b;
}

function isCallers(record: CloudTrailRecord): boolean {
  const account = accountIn(text(record, 'userIdentity', 'arn'));
  return account !== undefined && account === recordingAccount(record);
}
