import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { Credential } from '../world/entities';
import { AuthFailure } from './authFailures';
import { CredentialScope } from './credentialScope';
import { WireRequest } from './WireRequest';

const MAX_SKEW_MS = 15 * 60_000;
const UNHASHED = new Set([
  'UNSIGNED-PAYLOAD',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
]);

/** Compares two texts in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function signingDate(header: string | undefined): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(header ?? '');
  if (!match) return undefined;
  const [, y, mo, d, h, mi, s] = match;
  const date = new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function decodedQuery(query: URLSearchParams): Record<string, string[]> {
  const out: Record<string, string[]> = Object.create(null);
  for (const key of new Set(query.keys())) out[key] = query.getAll(key);
  return out;
}

/** Headers that carry authority must be under the signature, or a middleman could change them. */
function signsEnough(request: WireRequest, scope: CredentialScope): boolean {
  const signed = new Set(scope.signedHeaders);
  const needed = Object.keys(request.headers).filter(name =>
    name.startsWith('x-amz-'),
  );
  return ['host', ...needed].every(name => signed.has(name));
}

function bodyFailure(
  request: WireRequest,
  service: string,
): AuthFailure | undefined {
  const declared = request.headers['x-amz-content-sha256'];
  if (declared === undefined) {
    // Without the header the body's hash is part of what is signed, except for S3, which demands it.
    return service === 's3' ? 'badBodyHash' : undefined;
  }
  if (UNHASHED.has(declared)) {
    return service === 's3' ? undefined : 'badBodyHash';
  }
  const actual = createHash('sha256').update(request.body).digest('hex');
  return sameSecret(declared, actual) ? undefined : 'badBodyHash';
}

async function expectedAuthorization(
  request: WireRequest,
  scope: CredentialScope,
  secretAccessKey: string,
  date: Date,
): Promise<string | undefined> {
  const headers: Record<string, string> = {};
  for (const name of scope.signedHeaders) {
    if (request.headers[name] !== undefined) {
      headers[name] = request.headers[name];
    }
  }
  const signer = new SignatureV4({
    service: scope.service,
    region: scope.region,
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: scope.service !== 's3',
    // The session token stays a header like any other: it is checked apart.
    credentials: { accessKeyId: scope.accessKeyId, secretAccessKey },
  });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: request.headers.host ?? '',
      path: request.rawPath,
      query: decodedQuery(request.query),
      headers,
      body: request.body,
    },
    { signingDate: date, signableHeaders: new Set(scope.signedHeaders) },
  );
  const authorization = signed.headers.authorization;
  return /Signature=([0-9a-f]{64})$/.exec(authorization)?.[1];
}

function tokenFailure(
  request: WireRequest,
  credential: Credential,
  now: number,
): AuthFailure | undefined {
  const token = request.headers['x-amz-security-token'];
  if (credential.kind === 'user') {
    return token === undefined ? undefined : 'badToken';
  }
  if (token === undefined || !sameSecret(token, credential.sessionToken)) {
    return 'badToken';
  }
  return now >= credential.expiresAt ? 'expired' : undefined;
}

/**
 * Checks a request's SigV4 signature, its date, its body's hash and its session token.
 * The signature comes first: nobody without the secret learns whether keys have expired.
 *
 * @param now - the sandbox's time in milliseconds
 * @returns why it fails, or undefined
 */
export async function verifySignature(
  request: WireRequest,
  scope: CredentialScope,
  credential: Credential,
  now: number,
): Promise<AuthFailure | undefined> {
  const header = request.headers['x-amz-date'];
  const date = signingDate(header);
  if (!date || header.slice(0, 8) !== scope.date) return 'badSignature';
  if (Math.abs(now - date.getTime()) > MAX_SKEW_MS) return 'skewed';
  if (!signsEnough(request, scope)) return 'badSignature';
  const bad = bodyFailure(request, scope.service);
  if (bad) return bad;
  const expected = await expectedAuthorization(
    request,
    scope,
    credential.secretAccessKey,
    date,
  );
  if (!expected || !sameSecret(expected, scope.signature)) {
    return 'badSignature';
  }
  return tokenFailure(request, credential, now);
}
