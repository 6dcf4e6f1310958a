import { createHash } from 'crypto';
import { instant, member, text } from 'backstage-plugin-break-glass-node';
import canonicalize from 'canonicalize';
import { Millis } from '../database/types';

export { instant, member, text };

/** A CloudTrail record without secrets: what {@link redact} returns. */
export type CloudTrailRecord = Record<string, unknown>;

/** The session that made a call. */
export interface CallingSession {
  arn: string;
  /** When its AssumeRole was; epoch milliseconds. */
  createdAt: Millis;
}

/** What a successful AssumeRole gave out. */
export interface AssumedSession extends CallingSession {
  accessKeyId: string;
}

/** Who called: present only where the record names both the session's ARN and its creation. */
export function callingSession(
  record: CloudTrailRecord,
): CallingSession | undefined {
  const arn = text(record, 'userIdentity', 'arn');
  const createdAt = instant(
    text(
      record,
      'userIdentity',
      'sessionContext',
      'attributes',
      'creationDate',
    ),
  );
  return arn && createdAt !== undefined ? { arn, createdAt } : undefined;
}

const ASSUMING = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
]);

/** The session that a record of an AssumeRole gave out; undefined for a refused one and for any other call. */
export function assumedSession(
  record: CloudTrailRecord,
): AssumedSession | undefined {
  if (
    text(record, 'eventSource') !== 'sts.amazonaws.com' ||
    !ASSUMING.has(text(record, 'eventName') ?? '') ||
    text(record, 'errorCode') !== undefined
  ) {
    return undefined;
  }
  const accessKeyId = text(
    record,
    'responseElements',
    'credentials',
    'accessKeyId',
  );
  const createdAt = instant(text(record, 'eventTime'));
  const arn =
    text(record, 'responseElements', 'assumedRoleUser', 'arn') ??
    sessionArn(
      text(record, 'requestParameters', 'roleArn'),
      text(record, 'requestParameters', 'roleSessionName'),
    );
  return accessKeyId && arn && createdAt !== undefined
    ? { arn, createdAt, accessKeyId }
    : undefined;
}

/** Whether a call gave out credentials, in a form that {@link assumedSession} understands or not. */
export function givesCredentials(record: CloudTrailRecord): boolean {
  return (
    text(record, 'eventSource') === 'sts.amazonaws.com' &&
    text(record, 'errorCode') === undefined &&
    (ASSUMING.has(text(record, 'eventName') ?? '') ||
      typeof member(record, 'responseElements', 'credentials') === 'object')
  );
}

const ROLE_ARN = /^arn:([a-z-]+):iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/;

/** ARN that the calls of a session carry: it leaves out the role's path. */
export function sessionArn(
  roleArn: string | undefined,
  sessionName: string | undefined,
): string | undefined {
  const parts = roleArn && ROLE_ARN.exec(roleArn);
  return parts && sessionName
    ? `arn:${parts[1]}:sts::${parts[2]}:assumed-role/${parts[3]}/${sessionName}`
    : undefined;
}

/** Session name at the end of the ARN of an assumed role. */
export function sessionNameOf(arn: string | undefined): string | undefined {
  const [resource, , name] = arn?.split('/') ?? [];
  return resource?.endsWith(':assumed-role') ? name : undefined;
}

const ACCOUNT_ID = /^[0-9]{12}$/;

/** Account that an ARN names; undefined where it names none. */
export function accountIn(arn: string | undefined): string | undefined {
  const account = arn?.split(':')[4] ?? '';
  return ACCOUNT_ID.test(account) ? account : undefined;
}

/** Account whose trail recorded a call. */
export function recordingAccount(record: CloudTrailRecord): string | undefined {
  const account = text(record, 'recipientAccountId') ?? '';
  return ACCOUNT_ID.test(account) ? account : undefined;
}

const EVENT_ID = /^[A-Za-z0-9-]{1,64}$/;

/** CloudTrail's `eventID`; of a record without a usable one, the SHA-256 of its content. */
export function eventIdOf(record: CloudTrailRecord): string {
  const id = text(record, 'eventID');
  return id && EVENT_ID.test(id)
    ? id
    : createHash('sha256').update(canonicalize(record)!).digest('hex');
}
