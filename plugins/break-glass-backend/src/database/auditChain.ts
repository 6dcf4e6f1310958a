import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { storableText } from './columns';
import { AuditEvent } from './types';

/** Hash before the first entry; the migration writes it into the head row. */
export const GENESIS_HASH = createHash('sha256')
  .update('break-glass audit log: genesis')
  .digest('hex');

/**
 * SHA-256, in hexadecimal, over the canonical JSON (RFC 8785) of
 * `{prevHash, seq, event}`. Members of the event that are undefined are left out.
 */
export function chainHash(
  prevHash: string,
  seq: number,
  event: AuditEvent,
): string {
  const { at, actor, action, outcome, leaseId, accountRef, code, details } =
    event;
  const text = canonicalize({
    prevHash,
    seq,
    event: { at, actor, action, outcome, leaseId, accountRef, code, details },
  });
  return createHash('sha256').update(text!, 'utf8').digest('hex');
}

/**
 * The event as the database hands it out again: hashing anything else would
 * make an honest entry look changed.
 */
export function storableEvent(event: AuditEvent): AuditEvent {
  const stored: AuditEvent = {
    at: event.at,
    actor: storableText(event.actor),
    action: storableText(event.action),
    outcome: event.outcome,
    details: JSON.parse(JSON.stringify(event.details)),
  };
  if (event.leaseId !== undefined) {
    stored.leaseId = storableText(event.leaseId);
  }
  if (event.accountRef !== undefined) {
    stored.accountRef = storableText(event.accountRef);
  }
  if (event.code !== undefined) {
    stored.code = storableText(event.code);
  }
  return stored;
}
