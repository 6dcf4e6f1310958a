import { attribute, AttributedRecord } from '../activity/attribute';
import { chainedEnd } from '../activity/chainedEnd';
import {
  assumedSession,
  callingSession,
  CloudTrailRecord,
  eventIdOf,
  instant,
  text,
} from '../activity/cloudTrailRecord';
import { Millis, UnbrokeredRow } from '../database/types';
import { secondOf } from './identity';

/** AWS gives no session more; a console sign-in of a user lasts as long. */
const LONGEST: Millis = 12 * 60 * 60_000;

/** What of a use decides which records are its. */
export type AttributedUse = Pick<
  UnbrokeredRow,
  | 'id'
  | 'at'
  | 'roleArn'
  | 'sessionArn'
  | 'sessionName'
  | 'accessKeyIds'
  | 'principal'
>;

/** Records of a use, and until when there can be more. */
export interface UseRecords {
  events: AttributedRecord[];
  /** Epoch milliseconds. */
  endsAt: Millis;
}

/**
 * What was done in a use, by the same rules as for a lease: ARN and creation of
 * its session, and the key that AWS gave out, where it is known. Of a user who
 * signed in, everything that user did afterwards: his records name no session. Pure.
 * @param records - redacted candidates
 */
export function eventsOfUse(
  records: CloudTrailRecord[],
  use: AttributedUse,
): UseRecords {
  const { sessionArn, sessionName, roleArn, accessKeyIds } = use;
  if (!sessionArn || !sessionName) {
    return {
      events: recordsOfUser(records, use),
      endsAt: use.at + LONGEST,
    };
  }
  const endsAt = endOf(records, use);
  if (roleArn && accessKeyIds.length) {
    const issued = accessKeyIds.map(accessKeyId => ({
      id: use.id,
      roleArn,
      sessionName,
      accessKeyId,
    }));
    const { events, chained } = attribute(records, issued);
    const chainedEnds = chained.map(session => session.endsAt);
    return {
      events: [...beginning(records, use), ...events],
      endsAt: Math.max(endsAt, ...chainedEnds),
    };
  }
  return { events: recordsOfSession(records, use), endsAt };
}

/** The AssumeRole itself: the first thing that was done. */
function beginning(
  records: CloudTrailRecord[],
  use: AttributedUse,
): AttributedRecord[] {
  return unique(
    records.filter(record => {
      const key = assumedSession(record)?.accessKeyId;
      return key !== undefined && use.accessKeyIds.includes(key);
    }),
    use,
  ).slice(0, use.accessKeyIds.length);
}

function recordsOfSession(records: CloudTrailRecord[], use: AttributedUse) {
  return unique(
    records.filter(record => {
      const calling = callingSession(record);
      return (
        calling?.arn === use.sessionArn &&
        secondOf(calling!.createdAt) === secondOf(use.at)
      );
    }),
    use,
  );
}

function recordsOfUser(records: CloudTrailRecord[], use: AttributedUse) {
  return unique(
    records.filter(record => {
      const at = instant(text(record, 'eventTime'));
      return (
        text(record, 'userIdentity', 'arn') === use.principal &&
        at !== undefined &&
        at >= use.at &&
        at < use.at + LONGEST
      );
    }),
    use,
  );
}

function unique(
  records: CloudTrailRecord[],
  use: AttributedUse,
): AttributedRecord[] {
  const byId = new Map(records.map(record => [eventIdOf(record), record]));
  return [...byId].map(([eventId, record]) => ({
    eventId,
    record,
    at: instant(text(record, 'eventTime')) ?? use.at,
    sessionId: use.id,
    chained: false,
  }));
}

/** As its AssumeRole says, or the longest that AWS gives. */
function endOf(records: CloudTrailRecord[], use: AttributedUse): Millis {
  const ends = records.flatMap(record => {
    const session = assumedSession(record);
    return session && use.accessKeyIds.includes(session.accessKeyId)
      ? [chainedEnd(record, session)]
      : [];
  });
  return ends.length ? Math.max(...ends) : use.at + LONGEST;
}
