/**
 * Characters that a terminal acts on or that turn text around: control characters, invisible format
 * characters (bidirectional ones among them), line and paragraph separators, halves of pairs.
 */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text of somebody else as one line that a terminal only shows: line breaks and tabs become spaces, whatever
 * else it would act on becomes visible, as `\u001b`.
 */
export function inert(text: unknown): string {
  return String(text ?? '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(ACTIVE, escaped);
}

/** Longest text that is repeated of an error, in characters: more is no message for people. */
const MOST_REPEATED = 2_000;

/** What somebody else says of an error: {@link inert}, and not without an end. */
export function repeated(text: unknown): string {
  const whole = String(text ?? '');
  return whole.length > MOST_REPEATED
    ? `${inert(whole.slice(0, MOST_REPEATED))}…`
    : inert(whole);
}

/** A line of ours with values of others in it, each {@link inert}. */
export function line(
  parts: TemplateStringsArray,
  ...values: readonly unknown[]
): string {
  return String.raw({ raw: parts }, ...values.map(inert));
}

/** What may be written to a terminal: only the line breaks are still active. */
export function inertLines(text: string): string {
  return text.split('\n').map(inert).join('\n');
}

/** JSON that is the same value, and in which nothing is active: `JSON.stringify` leaves C1 and bidi as they are. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map(text => text.replace(ACTIVE, escaped))
    .join('\n');
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) =>
      `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
