/** Names of members that hold a secret, in lower case without punctuation. */
const SECRET_NAMES = new Set([
  'sessionkey',
  'xamzsignature',
  'secretkey',
  'secretstring',
  'secretbinary',
  'privatekeypem',
  'privatekeybase64',
  'passphrase',
  'base32stringseed',
  'qrcodepng',
  'keymaterial',
  'tokenvalue',
  'apikeyvalue',
  'authkey',
  'activationcode',
  'authorization',
  'plaintext',
  'saml2assertion',
  'samlassertion',
]);

/**
 * Of every service: `masterUserPassword`, `serviceCredentialSecret`,
 * `awsSecretAccessKey`; not `passwordLastUsed`, `secretId` or `tokenType`.
 */
const SECRET_ENDINGS = [
  'password',
  'secret',
  'secretaccesskey',
  'privatekey',
  'presharedkey',
  'token',
];

/** Tokens that open nothing: they page through lists, or tell a repeated call from a new one. */
const PLAIN_TOKENS = new Set([
  'nexttoken',
  'nextpagetoken',
  'pagetoken',
  'paginationtoken',
  'previoustoken',
  'startingtoken',
  'continuationtoken',
  'nextcontinuationtoken',
  'nextforwardtoken',
  'nextbackwardtoken',
  'nextsequencetoken',
  'sequencetoken',
  'clienttoken',
  'clientrequesttoken',
  'requesttoken',
  'idempotencytoken',
  'clientidempotencytoken',
  'creationtoken',
  'changetoken',
  'locktoken',
  'nextlocktoken',
  'synctoken',
]);

/** Members that hold settings of a program, of which any may be a secret. */
const ENVIRONMENTS = new Set([
  'environment',
  'environmentvariables',
  'environmentvariablesoverride',
]);

/** Whether what stands under a name is a secret, by the name alone. */
export function isSecretName(name: string): boolean {
  const plain = plainName(name);
  return (
    SECRET_NAMES.has(plain) ||
    (SECRET_ENDINGS.some(ending => plain.endsWith(ending)) &&
      !PLAIN_TOKENS.has(plain))
  );
}

/** Whether a list under a name holds settings, each as a name and a value. */
export function isEnvironmentName(name: string): boolean {
  return ENVIRONMENTS.has(plainName(name));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
