import {
  assumedSession,
  callingSession,
  CloudTrailRecord,
  eventIdOf,
  instant,
  member,
  sessionNameOf,
  text,
} from '../activity/cloudTrailRecord';
import { line } from '../activity/line';
import { Millis } from '../database/types';

/** Kinds of a use, as the contract names them. */
export type UseKind = 'assume-role' | 'console-sign-in' | 'session';

/** A role session that a use began, or was made with. */
export interface UsedSession {
  arn: string;
  name: string;
  /** When its AssumeRole was, epoch milliseconds; a switch of roles does not say. */
  createdAt?: Millis;
}

/** A use of a role or a user, as one record tells it. Its texts are foreign: for comparing and, as one line, for showing. */
export interface ObservedUse {
  kind: UseKind;
  at: Millis;
  eventId: string;
  partition: string;
  /** 12 digits; the account of the role, else of the user. */
  accountId: string;
  /** Who did it, in words of the record. */
  principal: string;
  /** The same as an ARN, where the record names one: another account's record does not. */
  principalArn?: string;
  /** Account of who did it. */
  principalAccountId?: string;
  session?: UsedSession;
  /** As the record writes it, with its path. */
  roleArn?: string;
  /** What AWS gave out. */
  issuedKeyId?: string;
  /** What the call was signed with. */
  callerKeyId?: string;
  sourceIdentity?: string;
  /** ARN that a switch of roles came from. */
  switchFrom?: string;
  sourceIp?: string;
  userAgent?: string;
}

const GIVING_TOKENS = new Set(['GetSessionToken', 'GetFederationToken']);
const SIGN_INS = new Set(['ConsoleLogin', 'SwitchRole']);
const ACCOUNT_ID = /^[0-9]{12}$/;

/**
 * What a record tells of a use; undefined for anything else. Refused calls and
 * failed sign-ins are no use: nobody got in. Pure.
 * @param record - redacted
 */
export function observe(record: CloudTrailRecord): ObservedUse | undefined {
  const at = instant(text(record, 'eventTime'));
  if (at === undefined || text(record, 'errorCode') !== undefined) {
    return undefined;
  }
  const what =
    assuming(record) ?? givingToken(record) ?? signingIn(record) ?? undefined;
  if (!what) {
    return undefined;
  }
  return withPlace(record, what, at);
}

/**
 * The session that made any call, as a use that began with the session. Pure.
 * @param record - redacted
 */
export function observeCall(record: CloudTrailRecord): ObservedUse | undefined {
  const calling = callingSession(record);
  const session = calling && sessionOf(calling.arn, calling.createdAt);
  return (
    session &&
    withPlace(
      record,
      { kind: 'session', session, ...issuerOf(record) },
      calling.createdAt,
    )
  );
}

function withPlace(
  record: CloudTrailRecord,
  what: What,
  at: Millis,
): ObservedUse | undefined {
  const arn = what.session?.arn ?? text(record, 'userIdentity', 'arn') ?? '';
  const [, partition, , , account] = arn.split(':');
  const accountId = account ?? text(record, 'recipientAccountId') ?? '';
  if (!partition || !ACCOUNT_ID.test(accountId)) {
    return undefined;
  }
  return {
    ...what,
    ...whoCalled(record),
    at,
    eventId: eventIdOf(record),
    partition,
    accountId,
    sourceIp: lineOf(record, 128, 'sourceIPAddress'),
    userAgent: lineOf(record, 512, 'userAgent'),
  };
}

type What = Pick<
  ObservedUse,
  | 'kind'
  | 'session'
  | 'roleArn'
  | 'issuedKeyId'
  | 'sourceIdentity'
  | 'switchFrom'
>;

function assuming(record: CloudTrailRecord): What | undefined {
  const assumed = assumedSession(record);
  const session = assumed && sessionOf(assumed.arn, assumed.createdAt);
  return (
    session && {
      kind: 'assume-role',
      session,
      roleArn: text(record, 'requestParameters', 'roleArn'),
      issuedKeyId: assumed.accessKeyId,
      sourceIdentity: text(record, 'requestParameters', 'sourceIdentity'),
    }
  );
}

function givingToken(record: CloudTrailRecord): What | undefined {
  return text(record, 'eventSource') === 'sts.amazonaws.com' &&
    GIVING_TOKENS.has(text(record, 'eventName') ?? '')
    ? {
        kind: 'session',
        issuedKeyId: text(
          record,
          'responseElements',
          'credentials',
          'accessKeyId',
        ),
      }
    : undefined;
}

function signingIn(record: CloudTrailRecord): What | undefined {
  const name = text(record, 'eventName') ?? '';
  if (
    text(record, 'eventSource') !== 'signin.amazonaws.com' ||
    !SIGN_INS.has(name) ||
    text(record, 'responseElements', name) !== 'Success'
  ) {
    return undefined;
  }
  return {
    kind: 'console-sign-in',
    session: sessionOf(
      text(record, 'userIdentity', 'arn'),
      callingSession(record)?.createdAt,
    ),
    ...issuerOf(record),
    switchFrom: text(record, 'additionalEventData', 'SwitchFrom'),
  };
}

/** What the session of a call was made of. */
function issuerOf(record: CloudTrailRecord) {
  const context = member(record, 'userIdentity', 'sessionContext');
  return {
    roleArn: text(context, 'sessionIssuer', 'arn'),
    sourceIdentity: text(context, 'sourceIdentity'),
  };
}

function whoCalled(record: CloudTrailRecord) {
  const arn = text(record, 'userIdentity', 'arn');
  const id =
    text(record, 'userIdentity', 'principalId') ??
    text(record, 'userIdentity', 'type') ??
    'unknown';
  const accountId = text(record, 'userIdentity', 'accountId');
  const foreign = accountId ? `${id} of account ${accountId}` : id;
  return {
    principal: line(arn ?? foreign, 512),
    principalArn: arn,
    principalAccountId: accountId,
    callerKeyId: text(record, 'userIdentity', 'accessKeyId') || undefined,
  };
}

function sessionOf(
  arn: string | undefined,
  createdAt: Millis | undefined,
): UsedSession | undefined {
  const name = sessionNameOf(arn);
  return arn && name ? { arn, name, createdAt } : undefined;
}

function lineOf(
  record: CloudTrailRecord,
  longest: number,
  name: string,
): string | undefined {
  const value = text(record, name);
  return value === undefined ? undefined : line(value, longest);
}
