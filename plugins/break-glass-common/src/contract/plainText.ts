/** Texts that carry a secret whatever field they stand in. */
const SECRETS = [
  /SigninToken(=|"|%22)/i,
  /X-Amz-Security-Token/i,
  /aws_(secret_access_key|session_token)/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Characters that no database, log line or page takes as text. */
const UNSTORABLE = /\p{Cs}|\0/u;

/** Characters that turn the direction of text around, so that it reads as something else. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Anything that people can see. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether a text looks like it carries a secret (I10). */
export function looksLikeSecret(text: string): boolean {
  return SECRETS.some(pattern => pattern.test(text));
}

/** Whether a text can be stored and comes back as it was: no NUL, no half of a pair. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/**
 * What is wrong with a text of a person, in words; undefined where nothing is.
 * An empty text is none of its business.
 */
export function textProblem(text: string): string | undefined {
  if (!isStorable(text) || DIRECTION.test(text)) {
    return 'must hold no control characters that hide or turn text';
  }
  if (text !== '' && !VISIBLE.test(text)) {
    return 'must hold something that people can see';
  }
  return looksLikeSecret(text)
    ? 'looks like it holds a secret: take it out; it would be stored and shown'
    : undefined;
}
