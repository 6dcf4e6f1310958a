import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/** What we read of a token that came from its issuer itself, over a connection that proves who answers. */
export interface TokenClaims {
  /** `user:default/mary`. */
  sub: string;
  iss: string;
  /** Seconds since 1970, by the portal's clock. */
  iat: number;
  exp: number;
}

/**
 * @throws CliError where a token is not the portal's; the token is not in its message
 */
export function tokenClaims(token: string): TokenClaims {
  try {
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1], 'base64url').toString('utf8'),
    );
    if (
      typeof claims.sub === 'string' &&
      typeof claims.iss === 'string' &&
      Number.isFinite(claims.iat) &&
      Number.isFinite(claims.exp)
    ) {
      return claims;
    }
  } catch {
    // Told below, without the token.
  }
  throw new CliError('The portal gave a token of no known form.', EXIT.failed);
}
