import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { CloudTrailRecord, member, text } from './cloudTrailRecord';

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
  'secretkey',
  'secretstring',
  'secretbinary',
  'privatekey',
  'privatekeypem',
  'presharedkey',
  'passphrase',
  'base32stringseed',
  'qrcodepng',
  'keymaterial',
  'clientsecret',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authorizationtoken',
  'authtoken',
  'tokenvalue',
  'authorization',
  'plaintext',
  'saml2assertion',
  'samlassertion',
  'webidentitytoken',
]);

/** Of every service: `masterUserPassword`, `servicePassword`, `temporaryPassword`; not `passwordLastUsed`. */
const SECRET_ENDING = 'password';

/** Members whose name says nothing, and that are secrets in one call: where they are, by event. */
const SECRET_MEMBERS = new Map([
  ['ssm.amazonaws.com PutParameter', ['requestParameters', 'value']],
  ['appsync.amazonaws.com CreateApiKey', ['responseElements', 'apiKey', 'id']],
]);

/** Texts that carry a secret inside; the secret is the last group. */
const SECRET_TEXTS = [
  // A parameter of a URL.
  /((?:X-Amz-Security-Token|X-Amz-Signature|SigninToken|[?&]Session)=)[^&\s"']+/gi,
  // A member of JSON that was written into a text.
  /(\\?"(?:sessionToken|secretAccessKey|sessionKey|SigninToken)\\?"\s*:\s*\\?")[^"\\]+/gi,
  // A setting of a shell.
  /(aws_(?:secret_access_key|session_token)\s*[=:]\s*["']?)[^\s"']+/gi,
  // A private key.
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)(?:(?!-----END)[\s\S])+/g,
  // What AWS session tokens begin with.
  /()\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=]{40,}/g,
];

/**
 * A copy of a record without secrets (I10). Comes before anything else that is
 * done with a record: before it is stored, hashed, shown or compared.
 */
export function redact(record: RawCloudTrailRecord): CloudTrailRecord {
  const redacted = redactObject(record, 0);
  const source = text(record, 'eventSource');
  const path = SECRET_MEMBERS.get(`${source} ${text(record, 'eventName')}`);
  return path ? without(redacted, path) : redacted;
}

/** The same with one member replaced, where it is there. */
function without(
  value: Record<string, unknown>,
  [name, ...rest]: string[],
): Record<string, unknown> {
  const inside = member(value, name);
  if (inside === undefined || inside === null) {
    return value;
  }
  if (rest.length === 0) {
    return { ...value, [name]: REDACTED };
  }
  return typeof inside === 'object'
    ? { ...value, [name]: without(inside as Record<string, unknown>, rest) }
    : value;
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
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SECRET_NAMES.has(plain) || plain.endsWith(SECRET_ENDING);
}
