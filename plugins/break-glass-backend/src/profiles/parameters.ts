import { wholePattern } from '../config/anchoredPattern';
import { ProfileConfig, ProfileParameterConfig } from '../config/types';
import { inputError } from '../errors';

/**
 * Printable ASCII without what could widen or break out: wildcards, quotes, backslashes,
 * and what starts or ends a variable. Independent of the configured pattern, which may be careless.
 */
const HARMLESS = /^[\x20-\x7e]*$/;
const HARMFUL = /[*?"'\\${}]/;

/**
 * Checks the values for a profile's parameters.
 * @returns the values that were given, in the order of declaration
 * @throws InputError `profile-parameter` with the name of the parameter
 */
export function checkParameters(
  profile: ProfileConfig,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = new Set(profile.parameters.map(({ name }) => name));
  const unknown = Object.keys(values).find(name => !declared.has(name));
  if (unknown !== undefined) {
    throw parameterError(
      profile,
      unknown,
      declared.size > 0
        ? `is unknown; the profile takes ${[...declared].join(', ')}`
        : 'is unknown; the profile takes none',
    );
  }
  return Object.fromEntries(
    profile.parameters.flatMap(parameter => {
      const value = Object.prototype.hasOwnProperty.call(values, parameter.name)
        ? values[parameter.name]
        : '';
      const reason = whatIsWrong(parameter, value);
      if (reason) {
        throw parameterError(profile, parameter.name, reason);
      }
      return value === '' ? [] : [[parameter.name, value]];
    }),
  );
}

function whatIsWrong(
  parameter: ProfileParameterConfig,
  value: string,
): string | undefined {
  const example = parameter.example ? `, for example ${parameter.example}` : '';
  if (value === '') {
    return parameter.required ? `is missing${example}` : undefined;
  }
  if (value.length > parameter.maxLength) {
    return `must have at most ${parameter.maxLength} characters`;
  }
  if (!HARMLESS.test(value) || HARMFUL.test(value)) {
    return 'must hold no wildcard, quote, backslash, brace, dollar sign or control character';
  }
  return wholePattern(parameter.pattern).test(value)
    ? undefined
    : `does not have the right form${example}`;
}

function parameterError(profile: ProfileConfig, name: string, reason: string) {
  const error = inputError(
    'profile-parameter',
    `The parameter '${plain(name)}' of the profile ${profile.title} ${reason}.`,
  );
  // For the form, which marks the field; not for the answer's text.
  return Object.defineProperty(error, 'field', { value: plain(name) });
}

/** A name from a person, inert in a message. */
function plain(name: string): string {
  return name.replace(/[^\w.-]+/g, ' ').slice(0, 64);
}
