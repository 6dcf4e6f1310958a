import {
  ActivityQuery,
  RawCloudTrailRecord,
} from 'backstage-plugin-break-glass-node';
import { Attribute } from './EventHistory';
import { isWithin, sessionNameOf, text } from './record';

/**
 * What candidates are looked up by. The caller's name finds calls, but no
 * AssumeRole of the session: that is found by the role, which it names among its
 * resources.
 */
export function candidateLookups(query: ActivityQuery): Attribute[] {
  const lookups: Attribute[] = [
    { key: 'Username', value: query.sessionName },
    { key: 'ResourceName', value: query.roleArn },
    ...query.accessKeyIds.map(value => ({
      key: 'AccessKeyId' as const,
      value,
    })),
  ];
  return lookups.filter(({ value }) => value !== '');
}

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
