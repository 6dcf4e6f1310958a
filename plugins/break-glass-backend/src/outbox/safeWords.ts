import { stringifyError } from '@backstage/errors';

const LONGEST = 500;

/** What keys, tokens and signed addresses look like (I10). */
const SECRETS: Array<[RegExp, string]> = [
  [/(https?:\/\/[^\s?#"']+)[?#][^\s"']*/gi, '$1?…'],
  [/\b(Bearer|Basic)\s+\S+/gi, '$1 …'],
  [/[A-Za-z0-9+/_=-]{40,}/g, '…'],
];

/** An error in words that may be stored and shown: no secrets, one line, bounded. */
export function safeWords(error: unknown): string {
  const oneLine = stringifyError(error).replace(/\s+/g, ' ');
  const safe = SECRETS.reduce(
    (words, [pattern, instead]) => words.replace(pattern, instead),
    oneLine.slice(0, 10_000),
  );
  return safe.slice(0, LONGEST);
}
