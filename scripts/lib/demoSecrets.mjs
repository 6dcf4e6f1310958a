import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['OIDC_CLIENT_SECRET', 'AUTH_SESSION_SECRET'];

/**
 * The secrets that the demo's parts share, made at the first start and kept where only this user can read them.
 *
 * @param {string} dataDirectory - folder that git ignores
 * @returns {Record<string, string>} environment variables
 */
export function demoSecrets(dataDirectory) {
  const file = join(dataDirectory, 'demo-secrets.json');
  const known = readKnown(file);
  const missing = NAMES.filter(name => typeof known[name] !== 'string');
  if (missing.length === 0) {
    return known;
  }
  const secrets = { ...known };
  for (const name of missing) {
    secrets[name] = randomBytes(32).toString('base64url');
  }
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

function readKnown(file) {
  try {
    const known = JSON.parse(readFileSync(file, 'utf8'));
    return Object.fromEntries(NAMES.map(name => [name, known[name]]));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) {
      return {};
    }
    throw error;
  }
}
