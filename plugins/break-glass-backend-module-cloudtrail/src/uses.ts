import {
  RawCloudTrailRecord,
  UseQuery,
} from 'backstage-plugin-break-glass-node';
import { isWithin, member, text } from './record';

const ASSUMING = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
]);
const BY_USER = new Set([
  'AssumeRole',
  'GetSessionToken',
  'GetFederationToken',
]);
const SIGN_IN = new Set(['ConsoleLogin', 'SwitchRole']);

/** Whether a record is a use of one of the roles or by one of the users, whoever made it. */
export function isUse(record: RawCloudTrailRecord, query: UseQuery): boolean {
  const name = text(record, 'eventName') ?? '';
  return (
    isWithin(record, query) &&
    ((ASSUMING.has(name) && isOfRole(record, query.roleArns)) ||
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

function isByUser(record: RawCloudTrailRecord, userArns: string[]): boolean {
  const arns = [
    text(record, 'userIdentity', 'arn'),
    text(record, 'additionalEventData', 'SwitchFrom'),
  ];
  return userArns.some(
    userArn => arns.includes(userArn) || isNamedUser(record, userArn),
  );
}

/** A sign-in that failed names the user without an ARN. */
function isNamedUser(record: RawCloudTrailRecord, userArn: string): boolean {
  const identity = (name: string) => text(record, 'userIdentity', name);
  const [, , , , accountId, resource] = userArn.split(':');
  const expected =
    resource === 'root'
      ? identity('type') === 'Root'
      : identity('userName') === userNameOf(userArn);
  return (
    identity('arn') === undefined &&
    identity('accountId') === accountId &&
    expected
  );
}

/** Roles lose their path in the ARN of a session; the issuer has it. */
function isIntoRole(record: RawCloudTrailRecord, roleArns: string[]): boolean {
  const caller = text(record, 'userIdentity', 'arn');
  const issuer = text(
    record,
    'userIdentity',
    'sessionContext',
    'sessionIssuer',
    'arn',
  );
  return roleArns.some(
    roleArn =>
      issuer === roleArn ||
      (issuer === undefined && !!caller?.startsWith(sessionPrefix(roleArn))),
  );
}

/** `arn:aws:sts::111122223333:assumed-role/Name/` */
function sessionPrefix(roleArn: string): string {
  const [arn, partition, , , accountId] = roleArn.split(':');
  const name = roleArn.split('/').at(-1);
  return `${arn}:${partition}:sts::${accountId}:assumed-role/${name}/`;
}

/** Account in an ARN of IAM. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** Name that the event history keeps a user under. */
export function userNameOf(userArn: string): string {
  return userArn.endsWith(':root') ? 'root' : userArn.split('/').at(-1) ?? '';
}
