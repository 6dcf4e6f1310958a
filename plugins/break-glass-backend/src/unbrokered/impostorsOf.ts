import {
  assumedSession,
  callingSession,
  CloudTrailRecord,
} from '../activity/cloudTrailRecord';
import { Millis, SessionRow } from '../database/types';
import { beganWith, isNamedLike } from './explainedBy';
import { secondOf } from './identity';
import { mergeRecords } from './mergeRecords';
import { observe, ObservedUse, observeCall } from './observe';

/**
 * The sessions that carry a lease's name without being of it (pitfall 38): those
 * whose AssumeRole is among the records, and those that only their calls show.
 * Of the latter, one that began when a session of the lease was issued may be
 * that session, whose AssumeRole record is late: it is left alone, and the
 * evidence says that the record is missing. Pure.
 * @param records - redacted; what the evidence of the lease left over
 * @param sessions - all sessions of the lease
 */
export function impostorsOf(
  records: CloudTrailRecord[],
  sessions: SessionRow[],
): ObservedUse[] {
  const begun = records.filter(record => assumedSession(record));
  const known = new Set(begun.map(record => keyOf(assumedSession(record)!)));
  const calls = new Map<string, ObservedUse>();
  for (const record of records) {
    const calling = callingSession(record);
    const call = calling && observeCall(record);
    if (!call || known.has(keyOf(calling)) || calls.has(keyOf(calling))) {
      continue;
    }
    const named = sessions.filter(session => isNamedLike(call, session));
    if (
      named.length > 0 &&
      !named.some(session => beganWith(session, calling.createdAt))
    ) {
      calls.set(keyOf(calling), call);
    }
  }
  const assumed = begun.flatMap(record => observe(record) ?? []);
  const ofTheRole = mergeRecords(assumed).filter(use =>
    sessions.some(session => isNamedLike(use, session)),
  );
  return [...ofTheRole, ...calls.values()];
}

function keyOf(session: { arn: string; createdAt: Millis }): string {
  return `${secondOf(session.createdAt)} ${session.arn}`;
}
