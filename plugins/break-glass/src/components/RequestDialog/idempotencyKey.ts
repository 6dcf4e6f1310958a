const BYTES = 16;

/** A random key in hexadecimal; unlike `crypto.randomUUID`, it also works on a page served over plain HTTP. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
