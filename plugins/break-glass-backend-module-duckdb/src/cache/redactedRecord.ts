/** What stands in the place of a secret. */
const REDACTED = 'REDACTED';

/** Whether a record may hold a secret at all: most do not, and are left alone. */
const SUSPICIOUS =
  '(?i)token|secret_?access_?key|session_?key|x-amz-signature|[?&]session=|IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz';

/**
 * Secrets in the JSON text of a record, with what stays of each. None takes a
 * quote or a backslash with it: the text stays JSON.
 */
const SECRETS = [
  // A member, also of JSON that was written into a text.
  `(\\\\?"(?:session_?token|secret_?access_?key|session_?key|security_?token|signin_?token)\\\\?"\\s*:\\s*\\\\?")[^"\\\\]+`,
  // A parameter of a URL.
  `((?:x-amz-security-token|x-amz-signature|signintoken|[?&]session)=)[^&\\s"'\\\\]+`,
  // A setting of a shell.
  `(aws_(?:secret_access_key|session_token)\\s*[=:]\\s*['"]?)[^\\s"'\\\\]+`,
  // What AWS session tokens begin with.
  `()\\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=]{40,}`,
];

/**
 * The text of a record without session tokens and other secrets, as SQL: nothing
 * secret is written to disk again (I10).
 */
export function redactedRecord(column: string): string {
  const redacted = SECRETS.reduce(
    (text, pattern) =>
      `regexp_replace(${text}, ${literal(pattern)}, '\\1${REDACTED}', 'gi')`,
    column,
  );
  return `CASE WHEN regexp_matches(${column}, ${literal(
    SUSPICIOUS,
  )}) THEN ${redacted} ELSE ${column} END`;
}

function literal(pattern: string): string {
  return `'${pattern.replaceAll("'", "''")}'`;
}
