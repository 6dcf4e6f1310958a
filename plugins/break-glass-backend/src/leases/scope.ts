import { createHash } from 'crypto';
import canonicalize from 'canonicalize';
import { Scope } from '../database/types';

/**
 * SHA-256, in lower-case hexadecimal, over the canonical JSON (RFC 8785) of a
 * scope. Two scopes with the same hash grant the same thing.
 */
export function scopeHash(scope: Scope): string {
  const text = canonicalize(JSON.parse(JSON.stringify(scope)));
  return createHash('sha256').update(text!, 'utf8').digest('hex');
}
