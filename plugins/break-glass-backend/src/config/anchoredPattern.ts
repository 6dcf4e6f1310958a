/**
 * A configured pattern as a regular expression that only ever matches a whole text.
 * `^a|b$` alone would match `a…` and `…b`: the group around it stops that.
 */
export function wholePattern(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
