import { SessionRow } from '../database/types';

/**
 * Whether AWS may have given credentials for a session without anybody knowing
 * their key: the portal stopped before the answer, or the answer never came. Such
 * a session counts as one that lives until its latest end.
 */
export function isAnswerLost(
  session: Pick<SessionRow, 'state' | 'accessKeyId'>,
): boolean {
  return session.accessKeyId === undefined && session.state !== 'refused';
}
