import { RawCloudTrailRecord, UseQuery } from './activitySource';
import { ASSUMING_CALLS } from './assumingCalls';
import { isWithin, member, text } from './recordMembers';

const BY_USER = new Set([
  'AssumeRole',
  'GetSessionToken',
  'GetFederationToken',
]);
const SIGN_IN = new Set(['ConsoleLogin', 'SwitchRole']);

/**
 * Whether a record is a use of one of the roles or by one of the users, whoever
 * made it: what {@link UseResult} says, by whole ARNs, never by parts of them
 * (pitfall 17). Sources may look for more than that, and leave this to decide.
 * Accounts are for the source to tell.
 */
export function isUse(record: RawCloudTrailRecord, query: UseQuery): boolean {
  const name = text(record, 'eventName') ?? '';
  return (
    isWithin(record, query) &&
    ((ASSUMING_CALLS.has(name) && isOfRole(record, query.roleArns)) ||
      (BY_USER.has(name) && isByUser(record, query.userArns)) ||
      (SIGN_IN.has(name) &&
        (isByUser(record, query.userArns) ||
          isIntoRole(record, query.roleArns))))
  );
}

/** A refused call has no parameters; its resources name the role all the same. */
function isOfRole(record: RawCloudTrailRecord, roleArns: string[]): boolean {
  const resources = member(record, 'resources');
  const named = [
    text(record, 'requestParameters', 'roleArn'),
    ...(Array.isArray(resources)
      ? resources.map(resource => text(resource, 'ARN'))
      : []),
  ];
  return named.some(arn => arn !== undefined && roleArns.includes(arn));
}

/** Whoever switched to a role calls as that role: the record says from whom. */
function isByUser(record: RawCloudTrailRecord, userArns: string[]): boolean {
  const arns = [
    text(record, 'userIdentity', 'arn'),
    text(record, 'additionalEventData', 'SwitchFrom'),
  ];
  return userArns.some(
    userArn => arns.includes(userArn) || isNamedUser(record, userArn),
  );
}

/** A sign-in that was refused names the user's account and name, but not the ARN. */
function isNamedUser(record: RawCloudTrailRecord, userArn: string): boolean {
  const identity = (name: string) => text(record, 'userIdentity', name);
  const [, , , , accountId, resource] = userArn.split(':');
  return (
    identity('arn') === undefined &&
    identity('accountId') === accountId &&
    (resource === 'root'
      ? identity('type') === 'Root'
      : identity('userName') === userArn.split('/').at(-1))
  );
}

/** The ARN of a session lacks the role's path; where the record names the issuer, that decides. */
function isIntoRole(record: RawCloudTrailRecord, roleArns: string[]): boolean {
  const caller = text(record, 'userIdentity', 'arn');
  const issuer = text(
    record,
    'userIdentity',
    'sessionContext',
    'sessionIssuer',
    'arn',
  );
  return roleArns.some(roleArn =>
    issuer === undefined
      ? caller?.startsWith(sessionPrefix(roleArn))
      : issuer === roleArn,
  );
}

/** `arn:aws:sts::111122223333:assumed-role/Name/` */
function sessionPrefix(roleArn: string): string {
  const [arn, partition, , , accountId] = roleArn.split(':');
  const name = roleArn.split('/').at(-1);
  return `${arn}:${partition}:sts::${accountId}:assumed-role/${name}/`;
}
