import {
  ActivityQuery,
  RawCloudTrailRecord,
} from 'backstage-plugin-break-glass-node';
import { isWithin, sessionNameOf, text } from './record';

/**
 * Whether a record is a candidate of a query: exactly what the interface of
 * activity sources says, by whole names, never by parts of them (pitfall 17).
 */
export function isCandidate(
  record: RawCloudTrailRecord,
  query: ActivityQuery,
): boolean {
  return (
    isWithin(record, query) &&
    (sessionNameOf(record) === query.sessionName ||
      sourceIdentityOf(record) === query.sessionName ||
      isAssumeRoleOf(record, query))
  );
}

function sourceIdentityOf(record: RawCloudTrailRecord): string | undefined {
  return text(record, 'userIdentity', 'sessionContext', 'sourceIdentity');
}

function isAssumeRoleOf(
  record: RawCloudTrailRecord,
  query: ActivityQuery,
): boolean {
  if (text(record, 'eventName') !== 'AssumeRole') {
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
