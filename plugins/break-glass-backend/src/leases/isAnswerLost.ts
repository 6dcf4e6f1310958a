import { SessionRow } from '../database/types';

type Asked = Pick<SessionRow, 'state' | 'accessKeyId' | 'errorCode'>;

/**
 * Whether AWS may have given credentials for a session of which nobody knows the
 * key: no answer came, or one that was thrown away and had no key of its own. Such
 * a session counts as one that lives until its latest end.
 */
export function isKeyUnknown(
  session: Pick<Asked, 'state' | 'accessKeyId'>,
): boolean {
  return session.accessKeyId === undefined && session.state !== 'refused';
}

/** Whether the portal stopped before the answer of AWS, or the answer never came. */
export function isAnswerLost(session: Asked): boolean {
  return isKeyUnknown(session) && session.errorCode !== 'broker-answer';
}
