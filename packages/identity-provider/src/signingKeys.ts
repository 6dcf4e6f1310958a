import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { JWK } from 'oidc-provider';

/**
 * Makes the key that signs the tokens of one run. It lives in memory only: after a restart everybody
 * signs in again, and no private key can end up in a repository or a backup.
 */
export function generateSigningKeys(): { keys: JWK[] } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ format: 'jwk' }) as JWK;
  return {
    keys: [
      {
        ...key,
        kid: randomBytes(8).toString('hex'),
        use: 'sig',
        alg: 'RS256',
      },
    ],
  };
}
