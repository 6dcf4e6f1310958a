import { createHash, randomBytes, randomUUID } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  return Array.from(bytes, byte => BASE32[byte % 32]).join('');
}

/** Makes the ids and secrets of the sandbox. */
export interface Identifiers {
  /** An AWS unique id: a four-letter prefix (`AROA`, `ASIA`, …) and random letters, `length` in all. */
  unique(prefix: string, length: number): string;
  /** A secret of this many random bytes as base64. */
  secret(bytes: number): string;
  /** Random hexadecimal digits. */
  hex(digits: number): string;
  uuid(): string;
}

/** Ids from the system's random source. */
export const randomIdentifiers: Identifiers = {
  unique: (prefix, length) =>
    prefix + base32(randomBytes(length - prefix.length)),
  secret: bytes => randomBytes(bytes).toString('base64'),
  hex: digits =>
    randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits),
  uuid: () => randomUUID(),
};

/** The unique id of something that is there from the start: the same at every start. */
export function seededId(prefix: string, arn: string): string {
  const digest = createHash('sha256').update(arn).digest();
  return prefix + base32(digest.subarray(0, 21 - prefix.length));
}
