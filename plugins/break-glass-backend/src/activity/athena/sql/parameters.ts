import { inputError } from '../../../errors';

/** Longest parameter that Athena takes, in characters, quotes included. */
const LONGEST = 1_024;

/**
 * A value as Athena takes an execution parameter: an SQL literal in quotes, its
 * own quotes doubled. It is never part of a query's text.
 * @throws InputError `invalid-input` for a value that Athena does not take
 */
export function parameterOf(value: string): string {
  const literal = `'${value.replaceAll("'", "''")}'`;
  if (value === '') {
    throw inputError(
      'invalid-input',
      'Athena cannot look for an empty text. Ask for a name, a key or an ARN.',
    );
  }
  if (literal.length > LONGEST) {
    throw inputError(
      'invalid-input',
      `Athena cannot look for ${value.slice(0, 64)}…, which has ${
        value.length
      } characters: it takes ${LONGEST}, quotes included. Ask for a shorter name.`,
    );
  }
  return literal;
}
