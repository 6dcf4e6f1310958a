import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** The header by which somebody in front of the portal says who is there, as a company's proxy would. */
export const PERSON_HEADER = 'x-person';

/** Signs people in by {@link PERSON_HEADER}. */
export const proxySignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'proxy-sign-in',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'proxy',
          factory: createProxyAuthProviderFactory({
            authenticator: createProxyAuthenticator({
              defaultProfileTransform: async () => ({ profile: {} }),
              initialize: () => undefined,
              authenticate: async ({ req }) => ({
                result: String(req.headers[PERSON_HEADER]),
              }),
            }),
            signInResolver: async ({ result }, context) => {
              const sub = `user:default/${result}`;
              return context.issueToken({ claims: { sub, ent: [sub] } });
            },
          }),
        });
      },
    });
  },
});
