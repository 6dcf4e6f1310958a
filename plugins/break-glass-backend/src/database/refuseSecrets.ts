/** Parts of names, in lower case without punctuation, under which secrets travel. */
const SECRET_NAMES = [
  'secretaccesskey',
  'secretkey',
  'sessiontoken',
  'sessionkey',
  'securitytoken',
  'signintoken',
  'signinurl',
  'consoleurl',
  'loginurl',
  'password',
  'privatekey',
  'authorization',
  'bearertoken',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'cookie',
];

/** Texts that carry a secret whatever their name is. */
const SECRET_TEXTS = [
  /SigninToken(=|"|%22)/i,
  /X-Amz-Security-Token/i,
  /aws_(secret_access_key|session_token)/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Stands where a text was that may not be written. */
export const WITHHELD = '[withheld: looks like a secret]';

/**
 * Makes details fit to be written (I10). A text that looks like it carries a
 * secret is replaced by {@link WITHHELD}: people write such texts, and nothing
 * may be lost or stopped by what they write (I4). A member under the name of a
 * secret is a mistake of ours; the message names its place, never the value.
 * @returns a copy, as JSON has it.
 * @throws Error with the path of the first member with such a name.
 */
export function withholdSecrets<T>(value: T, path = 'details'): T {
  return withheld(JSON.parse(JSON.stringify(value)), path) as T;
}

function withheld(value: unknown, path: string): unknown {
  if (typeof value === 'string') {
    return SECRET_TEXTS.some(pattern => pattern.test(value)) ? WITHHELD : value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => withheld(item, `${path}[${index}]`));
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        refuseName(name, path);
        return [name, withheld(member, `${path}.${name}`)];
      }),
    );
  }
  return value;
}

function refuseName(name: string, path: string): void {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (SECRET_NAMES.some(secret => plain.includes(secret))) {
    throw new Error(`${path}.${name} looks like a secret and is not written`);
  }
}
