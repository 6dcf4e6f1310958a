/** Variables that every profile may use, filled in from the account. */
export const ACCOUNT_VARIABLES = ['accountId', 'partition', 'region'] as const;

const VARIABLE = /\$\{([^}]*)\}/g;
/** AWS' own policy variables (`${aws:username}`) and escapes (`${*}`) stay as they are. */
const OF_AWS = /^(?:[A-Za-z0-9-]+:.*|[*?$])$/;

/** Names of our variables in a text, each once; AWS' own policy variables are not ours. */
export function variablesIn(text: string): string[] {
  const names = [...text.matchAll(VARIABLE)].map(match => match[1]);
  return [...new Set(names.filter(name => !OF_AWS.test(name)))];
}

/**
 * Fills our variables in, in one pass: a value is never looked at again, so it can bring in no variable.
 * @throws Error for a variable without a value; the configuration's check makes that impossible.
 */
export function fillVariables(
  text: string,
  values: Readonly<Record<string, string>>,
): string {
  return text.replace(VARIABLE, (whole, name: string) => {
    if (OF_AWS.test(name)) {
      return whole;
    }
    if (!Object.prototype.hasOwnProperty.call(values, name)) {
      throw new Error(`No value for the variable ${whole}`);
    }
    return values[name];
  });
}
