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
 * recorded in several accounts. The order of the records does not matter.
 */
export function callsOf(records: CloudTrailRecord[]): UniqueRecord[][] {
  const calls = new Map<string, UniqueRecord[]>();
  for (const [eventId, copies] of grouped(records, eventIdOf)) {
    const record = copies.reduce(preferred);
    const shared = text(record, 'sharedEventID');
    const call =
      shared && shared.length <= LONGEST_ID
        ? `shared ${shared}`
        : `one ${eventId}`;
    const others = copies.filter(
      copy => recordingAccount(copy) !== recordingAccount(record),
    );
    const unique = [record, ...others].map(each => ({ eventId, record: each }));
    calls.set(call, [...(calls.get(call) ?? []), ...unique]);
  }
  return [...calls.values()];
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
