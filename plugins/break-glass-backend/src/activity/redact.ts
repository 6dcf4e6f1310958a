import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { CloudTrailRecord } from './cloudTrailRecord';

/** What stands in the place of a secret. */
export const REDACTED = 'REDACTED';

/** Deeper than any record of CloudTrail; what lies below is cut. */
const DEEPEST = 64;

/** Names of members that hold a secret, in lower case without punctuation. */
const SECRET_NAMES = new Set([
  'sessiontoken',
  'secretaccesskey',
  'sessionkey',
  'securitytoken',
  'xamzsecuritytoken',
  'xamzsignature',
  'signintoken',
  'password',
  'newpassword',
  'oldpassword',
  'masteruserpassword',
  'secretstring',
  'secretbinary',
  'privatekey',
  'keymaterial',
  'clientsecret',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authorizationtoken',
  'authorization',
  'plaintext',
  'saml2assertion',
  'samlassertion',
  'webidentitytoken',
]);

/** Texts that carry a secret inside; the secret is the last group. */
const SECRET_TEXTS = [
  // A parameter of a URL.
  /((?:X-Amz-Security-Token|X-Amz-Signature|SigninToken|[?&]Session)=)[^&\s"']+/gi,
  // A member of JSON that was written into a text.
  /(\\?"(?:sessionToken|secretAccessKey|sessionKey|SigninToken)\\?"\s*:\s*\\?")[^"\\]+/gi,
  // A setting of a shell.
  /(aws_(?:secret_access_key|session_token)\s*[=:]\s*["']?)[^\s"']+/gi,
  // What AWS session tokens begin with.
  /()\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=]{40,}/g,
];

/**
 * A copy of a record without secrets (I10). Comes before anything else that is
 * done with a record: before it is stored, hashed, shown or compared.
 */
export function redact(record: RawCloudTrailRecord): CloudTrailRecord {
  return redactObject(record, 0);
}

function redactObject(value: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [
      name,
      isSecret(name) && content !== null && typeof content !== 'boolean'
        ? REDACTED
        : redactValue(content, depth + 1),
    ]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return redactText(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > DEEPEST) {
    return 'CUT: nested too deeply';
  }
  return Array.isArray(value)
    ? value.map(item => redactValue(item, depth + 1))
    : redactObject(value, depth);
}

/** A text without the secrets that it carries. */
export function redactText(value: string): string {
  return SECRET_TEXTS.reduce(
    (rest, pattern) => rest.replace(pattern, `$1${REDACTED}`),
    value,
  );
}

function isSecret(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
