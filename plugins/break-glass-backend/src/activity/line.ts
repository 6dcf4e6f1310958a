/** Control characters, characters that turn or hide text, and halves of pairs. */
const UNSAFE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+|\p{Cs}/gu;

/** Foreign text as one line that is safe to store and to show, of so many characters at most. */
export function line(text: string, longest: number): string {
  const clean = text.slice(0, longest).replace(UNSAFE, ' ');
  return clean.slice(0, longest);
}
