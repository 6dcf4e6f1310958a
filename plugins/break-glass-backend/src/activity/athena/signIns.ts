import {
  RawCloudTrailRecord,
  UseQuery,
} from 'backstage-plugin-break-glass-node';
import { text } from '../cloudTrailRecord';

const SIGN_IN = new Set(['ConsoleLogin', 'SwitchRole']);

/** Whether a record is a sign-in by one of the users or into one of the roles, or no sign-in at all. */
export function isNoForeignSignIn(
  record: RawCloudTrailRecord,
  query: UseQuery,
): boolean {
  return (
    !SIGN_IN.has(text(record, 'eventName') ?? '') ||
    isSignInBy(record, query.userArns) ||
    isInto(record, query.roleArns)
  );
}

function isSignInBy(record: RawCloudTrailRecord, userArns: string[]): boolean {
  const arn = text(record, 'userIdentity', 'arn');
  const from = text(record, 'additionalEventData', 'SwitchFrom');
  return userArns.some(
    userArn =>
      userArn === arn ||
      userArn === from ||
      (arn === undefined && isNamed(record, userArn)),
  );
}

/** A sign-in that was refused names the user's account and name, but not the ARN. */
function isNamed(record: RawCloudTrailRecord, userArn: string): boolean {
  const [, , , , accountId, resource = ''] = userArn.split(':');
  const identity = (name: string) => text(record, 'userIdentity', name);
  return (
    identity('accountId') === accountId &&
    (resource === 'root'
      ? identity('type') === 'Root'
      : identity('userName') === resource.split('/').pop())
  );
}

/** The ARN of a session lacks the role's path; where the record names the issuer, that decides. */
function isInto(record: RawCloudTrailRecord, roleArns: string[]): boolean {
  const arn = text(record, 'userIdentity', 'arn');
  const issuer = text(
    record,
    'userIdentity',
    'sessionContext',
    'sessionIssuer',
    'arn',
  );
  return roleArns.some(roleArn =>
    issuer === undefined
      ? arn?.startsWith(sessionPrefixOf(roleArn))
      : issuer === roleArn,
  );
}

/** `arn:aws:sts::111122223333:assumed-role/Name/` */
function sessionPrefixOf(roleArn: string): string {
  const [, partition, , , accountId] = roleArn.split(':');
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${accountId}:assumed-role/${name}/`;
}
