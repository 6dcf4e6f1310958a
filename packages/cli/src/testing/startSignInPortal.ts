import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import authPlugin from '@backstage/plugin-auth-backend';
// The portal of the backend's own tests, which is no part of its package.
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import {
  startTestPortal,
  TestPortal,
} from 'backstage-plugin-break-glass-backend/src/testing/startTestPortal';
import knexFactory from 'knex';
import { proxySignIn } from './proxySignIn';

/** A portal that signs people in, browsers and command lines alike, with its real auth backend. */
export interface SignInPortal extends TestPortal {
  /** Base URL of the backend, by the name that it calls itself. */
  address: string;
}

/**
 * Starts it on loopback, with the demo's configuration and people.
 *
 * @param auth - changes the demo's `auth` section
 */
export async function startSignInPortal(
  auth: (section: Record<string, any>) => void = () => {},
): Promise<SignInPortal> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const section: Record<string, any> = {
    environment: 'development',
    clientIdMetadataDocuments: { enabled: true, allowedClientIdPatterns: [] },
    experimentalRefreshToken: { enabled: true },
    providers: { proxy: {} },
  };
  auth(section);
  const portal = await startTestPortal({
    knex,
    sections: { auth: section },
    features: [
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      authPlugin,
      proxySignIn,
    ],
  });
  return {
    ...portal,
    address: `http://localhost:${new URL(portal.url).port}`,
    stop: async () => {
      await portal.stop();
      await knex.destroy();
    },
  };
}
