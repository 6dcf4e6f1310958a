import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readPeople } from './people';
import type { IdentityProviderOptions } from './startIdentityProvider';

const DEFAULT_PORT = 7011;
const DEFAULT_REDIRECT_URI =
  'http://localhost:7007/api/auth/oidc/handler/frame';

/**
 * Reads the options of the command: `--people <catalog file>`, `--port`, `--redirect-uri <address>` (may be
 * repeated), and from the environment `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET`, as a secret does not belong on a
 * command line.
 *
 * @throws Error that names the option or variable and what is wrong with it
 */
export function readMainOptions(
  args: string[],
  env: Record<string, string | undefined>,
): IdentityProviderOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      people: { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true },
    },
  });
  const clientSecret = env.OIDC_CLIENT_SECRET;
  if (!clientSecret) {
    throw new Error(
      'OIDC_CLIENT_SECRET is not set; it is the secret that the portal is configured with',
    );
  }
  if (!values.people) {
    throw new Error(
      '--people is missing; it names the catalog file with the users who may sign in',
    );
  }
  return {
    port: readPort(values.port),
    people: readPeople(readFileSync(resolve(values.people), 'utf8')),
    clients: [
      {
        clientId: env.OIDC_CLIENT_ID || 'backstage',
        clientSecret,
        redirectUris: values['redirect-uri'] ?? [DEFAULT_REDIRECT_URI],
      },
    ],
  };
}

function readPort(value: string | undefined): number {
  const port = value === undefined ? DEFAULT_PORT : Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port must be a whole number up to 65535, got ${value}`);
  }
  return port;
}
