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

/**
 * Fails closed where details that are about to be written look like they carry
 * a secret (I10). The message names the place, never the value.
 * @throws Error with the path of the first suspicious member.
 */
export function refuseSecrets(value: unknown, path = 'details'): void {
  if (typeof value === 'string') {
    if (SECRET_TEXTS.some(pattern => pattern.test(value))) {
      throw new Error(`${path} looks like a secret and is not written`);
    }
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => refuseSecrets(item, `${path}[${index}]`));
    return;
  }
  if (value && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
      if (SECRET_NAMES.some(secret => plain.includes(secret))) {
        throw new Error(
          `${path}.${name} looks like a secret and is not written`,
        );
      }
      refuseSecrets(member, `${path}.${name}`);
    }
  }
}
