import { ActivityQuery, RawCloudTrailRecord } from './activitySource';
import { ASSUMING_CALLS } from './assumingCalls';
import { isWithin, text } from './recordMembers';

/**
 * Whether a record is a candidate of a query: what {@link ActivityResult} says,
 * by whole names, never by parts of them (pitfall 17). Sources may look for more
 * than that, and leave this to decide. Accounts are for the source to tell: a
 * record does not always say whose log it is from.
 */
export function isCandidate(
  record: RawCloudTrailRecord,
  query: ActivityQuery,
): boolean {
  return (
    isWithin(record, query) &&
    (callersName(record) === query.sessionName ||
      sourceIdentity(record) === query.sessionName ||
      isAssumeRoleOf(record, query))
  );
}

function callersName(record: RawCloudTrailRecord): string | undefined {
  return text(record, 'userIdentity', 'arn')?.split('/')[2];
}

function sourceIdentity(record: RawCloudTrailRecord): string | undefined {
  return text(record, 'userIdentity', 'sessionContext', 'sourceIdentity');
}

function isAssumeRoleOf(
  record: RawCloudTrailRecord,
  query: ActivityQuery,
): boolean {
  if (!ASSUMING_CALLS.has(text(record, 'eventName') ?? '')) {
    return false;
  }
  const parameter = (name: string) => text(record, 'requestParameters', name);
  const key = text(record, 'responseElements', 'credentials', 'accessKeyId');
  return (
    (parameter('roleArn') === query.roleArn &&
      parameter('roleSessionName') === query.sessionName) ||
    (key !== undefined && query.accessKeyIds.includes(key))
  );
}
