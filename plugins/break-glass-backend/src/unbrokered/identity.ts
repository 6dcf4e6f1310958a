import { createHash } from 'crypto';
import canonicalize from 'canonicalize';
import { ObservedUse } from './observe';

/**
 * What makes a use the same one, whoever reports it: of a role session its ARN
 * and the second of its creation, of anything else its event. Pure.
 */
export function identityOf(
  use: Pick<ObservedUse, 'partition' | 'session' | 'eventId'>,
): string {
  const { partition, session, eventId } = use;
  return session?.createdAt === undefined
    ? hashOf(['event', partition, eventId])
    : hashOf(['session', partition, session.arn, secondOf(session.createdAt)]);
}

/** The same of a second session of one name in one second, told apart by the key that AWS gave out. */
export function keyedIdentityOf(identity: string, issuedKeyId: string): string {
  return hashOf(['keyed', identity, issuedKeyId]);
}

/** Whole seconds: records of one session differ in what lies below. */
export function secondOf(at: number): number {
  return Math.floor(at / 1_000);
}

function hashOf(parts: Array<string | number>): string {
  return createHash('sha256').update(canonicalize(parts)!).digest('hex');
}
