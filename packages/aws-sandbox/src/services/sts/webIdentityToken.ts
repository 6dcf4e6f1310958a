import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../../AwsError';
import { IdentityProvider } from '../../world/entities';

/** What of a token counts. */
export interface TokenClaims {
  iss: string;
  sub: string;
  aud: string[];
}

const headerSchema = z.object({ alg: z.literal('RS256'), kid: z.string() });
const claimsSchema = z.object({
  iss: z.string().startsWith('https://'),
  sub: z.string().min(1),
  aud: z.union([z.string().transform(one => [one]), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
});

function invalid(message: string): AwsError {
  return new AwsError('InvalidIdentityToken', message, 400);
}

function part(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw invalid('The ID Token provided is not a valid JWT.');
  }
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(part(text));
  if (!parsed.success) {
    throw invalid('The ID Token provided is not a valid JWT.');
  }
  return parsed.data;
}

/**
 * Checks a signed token as STS does, by the keys of its issuer.
 *
 * @param providerOf - the provider that an issuer (`https://…`) is registered as
 * @param now - milliseconds
 * @throws AwsError `InvalidIdentityToken`, `ExpiredTokenException`
 */
export function checkToken(
  token: string,
  providerOf: (issuer: string) => IdentityProvider | undefined,
  now: number,
): { claims: TokenClaims; provider: IdentityProvider } {
  const [header = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) {
    throw invalid('The ID Token provided is not a valid JWT.');
  }
  const { kid } = read(headerSchema, header);
  const claims = read(claimsSchema, body);
  const provider = providerOf(claims.iss);
  if (!provider) {
    throw invalid('No OpenIDConnect provider found in your account');
  }
  const key = provider.keys.find(each => each.kid === kid);
  const signed =
    key !== undefined &&
    verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${body}`),
      createPublicKey({ key, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    );
  if (!signed) {
    throw invalid(
      "Couldn't retrieve verification key from your identity provider, or the signature does not fit",
    );
  }
  if (!claims.aud.some(each => provider.clientIds.includes(each))) {
    throw invalid('Incorrect token audience');
  }
  const seconds = now / 1_000;
  if (seconds >= claims.exp || seconds < (claims.nbf ?? 0)) {
    throw new AwsError('ExpiredTokenException', 'Token expired', 400);
  }
  return { claims, provider };
}
