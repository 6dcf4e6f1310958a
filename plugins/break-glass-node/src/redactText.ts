import { isSecretName } from './secretNames';

/** What stands in the place of a secret. */
export const REDACTED = 'REDACTED';

/** Texts that are a secret whatever they stand under; what stays is the first group. */
const SECRET_TEXTS = [
  // A parameter of a URL whose name is no secret elsewhere.
  /([?&](?:Session|Signature)=)[^&\s"']+/gi,
  // A setting written with a colon; ARNs hold `secret:`, so no other name.
  /(aws_(?:secret_access_key|session_token)\s*:\s*\\*["']?)[^\s"']+/gi,
  // Headers.
  /(\bAuthorization:\s*[A-Za-z0-9-]+\s+)[^\s"']+/gi,
  /(\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  // A private key.
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)(?:(?!-----END)[\s\S])+/g,
  // What AWS session tokens begin with.
  /()\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=]{40,}/g,
];

/** Texts that name what they hold: what stays, the name in it, and the value. */
const NAMED_TEXTS = [
  // A member of JSON, however often it was written into a text: a quote with
  // more backslashes than those around the name belongs to the value.
  /(?<before>(?<!\\)(?<quote>\\{0,15}")(?<name>[\w.-]+)\k<quote>\s*:\s*\k<quote>)(?:[^"\\]|\\+(?!["\\])|\\+\k<quote>)+/g,
  // A setting, an option of a command, or a parameter of a URL.
  /(?<before>(?<![\w-])(?<name>[\w-]+)\s?=\s?\\*["']?)[^\s"'&]+/g,
  // An element of XML.
  /(?<before><(?<name>[\w.:-]+)>)[^<]+(?=<)/g,
];

/** A text without the secrets that it carries. */
export function redactText(value: string): string {
  const named = NAMED_TEXTS.reduce(
    (rest, pattern) => rest.replace(pattern, withoutNamed),
    value,
  );
  return SECRET_TEXTS.reduce(
    (rest, pattern) => rest.replace(pattern, `$1${REDACTED}`),
    named,
  );
}

function withoutNamed(all: string, ...found: unknown[]): string {
  const { before, name } = found.at(-1) as { before: string; name: string };
  return isSecretName(name) ? `${before}${REDACTED}` : all;
}
