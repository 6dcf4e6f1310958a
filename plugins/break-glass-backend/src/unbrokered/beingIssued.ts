import { decodeTime } from 'ulid';
import { Millis, Stores } from '../database/types';
import { isNamedLike } from './explainedBy';
import { UnexplainedUse } from './judgeUses';
import { hasNameOfCheck, hasNameOfProbe, idInName } from './nameOfOurs';

/** A session is recorded this long after AWS gave it, at most. */
const RECORDING: Millis = 2 * 60_000;

/**
 * Whether a use may be a session that the portal is just issuing, whose key it
 * has not recorded yet. An event can be faster than our own commit: then nothing
 * is said, and the scan of the logs, which comes later, tells.
 */
export async function mayBeBeingIssued(
  stores: Pick<Stores, 'sessions' | 'brokerChecks'>,
  { use, watched, lease }: UnexplainedUse,
  now: Millis,
): Promise<boolean> {
  if (use.kind !== 'assume-role' || now - use.at > RECORDING) {
    return false;
  }
  if (hasNameOfCheck(use)) {
    const check = await stores.brokerChecks.latest();
    return check?.state === 'running' && check.id === idInName(use);
  }
  if (lease && hasNameOfProbe(use)) {
    return lease.kill !== 'none' && lease.roleArn === use.roleArn;
  }
  if (lease) {
    const sessions = await stores.sessions.ofLeases([lease.id]);
    return sessions.some(
      session => session.state === 'issuing' && isNamedLike(use, session),
    );
  }
  const id = idInName(use);
  return (
    watched.role?.access === 'standing' &&
    id !== undefined &&
    Math.abs(use.at - decodeTime(id)) <= RECORDING
  );
}
