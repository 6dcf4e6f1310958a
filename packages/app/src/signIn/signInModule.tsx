import { SignInPage } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi, oidcAuthApiRef } from './oidcAuthApi';

const oidcSignInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => props =>
      (
        <SignInPage
          {...props}
          align="center"
          provider={{
            id: 'oidc',
            title: 'Company account',
            message: 'Sign in with your company account',
            apiRef: oidcAuthApiRef,
          }}
        />
      ),
  },
});

/** Replaces the portal's default sign-in page by one for the OpenID Connect provider. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, oidcSignInPage],
});
