import { syntaxError } from './QueryFailure';

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|('(?:[^']|'')*')|("(?:[^"]|"")*")|([A-Za-z_][A-Za-z0-9_]*)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(->>|->|::|:=|=>|<=|>=|<>|!=|==|\/\/|\|\||\*\*|@>|<@|!~|[-+*/%(),.;=<>?[\]{}:#$@&|^~!`\\])/y;

/** The tokens of a query, white space and comments left out; words in upper case. */
export function tokensOf(sql: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < sql.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(sql);
    if (!match) throw syntaxError(`line 1:${at + 1}: unexpected character`);
    const [, text, name, word, number, symbol] = match;
    const token = text ?? name ?? word?.toUpperCase() ?? number ?? symbol;
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

/** Notations that DuckDB has and Trino does not. */
const FOREIGN = new Set([
  '::',
  '->>',
  '->',
  ':=',
  '==',
  '//',
  '**',
  '@>',
  '<@',
  '!~',
  '~',
  '#',
  '$',
  '@',
  '&',
  '^',
  '`',
  '\\',
  '{',
  '}',
]);
const FOREIGN_WORDS = new Set([
  'ILIKE',
  'GLOB',
  'SIMILAR',
  'QUALIFY',
  'EXCLUDE',
  'PIVOT',
  'UNPIVOT',
  'ASOF',
  'POSITIONAL',
  'SEMI',
  'ANTI',
]);
/** What DuckDB reads as the start of a text with escapes. */
const TEXT_PREFIXES = new Set(['E', 'B', 'X']);

function mismatched(token: string) {
  return syntaxError(`line 1:1: mismatched input '${token}'`);
}

/**
 * Refuses what only DuckDB understands, as far as the tree of the query no longer shows it.
 * @throws QueryFailure `SYNTAX_ERROR`
 */
export function refuseForeignNotation(tokens: string[]): void {
  let limitSeen = false;
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (FOREIGN.has(token) || FOREIGN_WORDS.has(token)) throw mismatched(token);
    if (TEXT_PREFIXES.has(token) && next?.startsWith("'")) {
      throw mismatched(token);
    }
    if (next === 'ALL' && token === 'BY') throw mismatched('ALL');
    if (token === 'LIMIT') limitSeen = true;
    if (token === ')') limitSeen = false;
    // Trino wants OFFSET before LIMIT.
    if (token === 'OFFSET' && limitSeen) throw mismatched('OFFSET');
  });
}
