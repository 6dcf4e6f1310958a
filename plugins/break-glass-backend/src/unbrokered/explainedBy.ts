import { sessionArn } from '../activity/cloudTrailRecord';
import { Millis, SessionRow } from '../database/types';
import { ObservedUse } from './observe';

/** Clocks of AWS and ours differ by less, or nothing is issued. */
const SKEW: Millis = 60_000;

/** What of a session of ours is compared. */
export type OurSession = Pick<
  SessionRow,
  | 'accessKeyId'
  | 'accountId'
  | 'partition'
  | 'roleArn'
  | 'sessionName'
  | 'state'
>;

/**
 * Whether a session of ours explains a use: AWS gave out the key that we
 * recorded, for the account, role and name that we recorded (I7). A name, or a
 * key alone, explains nothing. Pure.
 */
export function isExplainedBy(use: ObservedUse, session: OurSession): boolean {
  const key = use.kind === 'assume-role' ? use.issuedKeyId : use.callerKeyId;
  return (
    key !== undefined &&
    session.accessKeyId === key &&
    isNamedLike(use, session) &&
    (use.roleArn === undefined || use.roleArn === session.roleArn)
  );
}

/**
 * Whether a role was assumed from a session of ours: then it belongs to what was
 * done in that session, as evidence has it (I7). Pure.
 */
export function isAssumedFrom(use: ObservedUse, session: OurSession): boolean {
  return (
    use.kind === 'assume-role' &&
    use.callerKeyId !== undefined &&
    session.accessKeyId === use.callerKeyId &&
    session.partition === use.partition &&
    sessionArn(session.roleArn, session.sessionName) === use.principalArn
  );
}

/**
 * Whether a use has account, role and name of a session of ours. It proves
 * nothing; it tells what a use may have to do with us. Pure.
 */
export function isNamedLike(use: ObservedUse, session: OurSession): boolean {
  return (
    session.partition === use.partition &&
    session.accountId === use.accountId &&
    sessionArn(session.roleArn, session.sessionName) === use.session?.arn
  );
}

/**
 * Whether something began while the portal asked for a session: from its request
 * until it was recorded, or until its latest end where it never was. Pure.
 */
export function beganWith(
  session: Pick<SessionRow, 'requestedAt' | 'issuedAt' | 'expiresAt'>,
  at: Millis,
): boolean {
  const { requestedAt, issuedAt, expiresAt } = session;
  return at >= requestedAt - SKEW && at <= (issuedAt ?? expiresAt) + SKEW;
}
