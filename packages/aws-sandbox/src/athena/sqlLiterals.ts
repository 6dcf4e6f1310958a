/** An SQL identifier in double quotes. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** An SQL string in single quotes. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A value that came as an SQL literal. */
export type LiteralValue =
  | { type: 'VARCHAR'; value: string }
  | { type: 'BIGINT'; value: bigint }
  | { type: 'DOUBLE'; value: number }
  | { type: 'BOOLEAN'; value: boolean }
  | { type: 'NULL'; value: null };

/**
 * Reads an execution parameter: Athena takes SQL literals only, so that a text has to come in quotes.
 * @returns undefined where it is no literal
 */
export function parseLiteral(text: string): LiteralValue | undefined {
  const trimmed = text.trim();
  if (/^'(?:[^']|'')*'$/.test(trimmed)) {
    const value = trimmed.slice(1, -1).replaceAll("''", "'");
    return { type: 'VARCHAR', value };
  }
  if (/^[+-]?\d{1,18}$/.test(trimmed)) {
    return { type: 'BIGINT', value: BigInt(trimmed.replace('+', '')) };
  }
  if (/^[+-]?\d{1,18}\.\d{0,18}$/.test(trimmed)) {
    return { type: 'DOUBLE', value: Number(trimmed) };
  }
  switch (trimmed.toLowerCase()) {
    case 'true':
      return { type: 'BOOLEAN', value: true };
    case 'false':
      return { type: 'BOOLEAN', value: false };
    case 'null':
      return { type: 'NULL', value: null };
    default:
      return undefined;
  }
}
