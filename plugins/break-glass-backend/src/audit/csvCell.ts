/** Characters that end a line, steer a terminal, or turn the direction of text. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What a spreadsheet takes for a formula, in both widths, also after blanks. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/**
 * One quoted cell of a CSV file that is inert in spreadsheets and terminals
 * (pitfalls 28 and 32): unseen characters are written as `\uXXXX`, and nothing
 * is taken for a formula.
 */
export function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '').replace(
    UNSEEN,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return `"${inert.replace(/"/g, '""')}"`;
}
