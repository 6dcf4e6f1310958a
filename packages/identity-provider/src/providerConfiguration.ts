import { randomBytes } from 'node:crypto';
import type { Configuration } from 'oidc-provider';
import type { Person } from './people';
import { MemoryAdapter } from './MemoryAdapter';
import { generateSigningKeys } from './signingKeys';
import { renderErrorPage } from './pages';

/** A portal that people may sign in to. */
export interface ClientRegistration {
  clientId: string;
  clientSecret: string;
  /** Where codes may be sent; compared whole. */
  redirectUris: string[];
}

const SCOPES = 'openid email profile';
const HOUR = 3600;

/** The portal is the company's own, so nobody is asked whether it may know who signs in. */
const grantEverythingAsked: Configuration['loadExistingGrant'] = async ctx => {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) {
    return undefined;
  }
  const grant = new provider.Grant({
    clientId: client.clientId,
    accountId: session.accountId,
  });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
};

/**
 * Builds the settings of the provider: authorization code with PKCE only, refresh tokens, no consent page (the
 * portal is the company's own), and claims taken from the people given.
 */
export function providerConfiguration(
  people: Person[],
  clients: ClientRegistration[],
): Configuration {
  return {
    adapter: MemoryAdapter.factory(),
    jwks: generateSigningKeys(),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    clients: clients.map(client => ({
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: client.redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code' as const],
      token_endpoint_auth_method: 'client_secret_basic' as const,
    })),
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: SCOPES.split(' '),
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    interactions: {
      url: (_, interaction) => `/interaction/${interaction.uid}`,
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      IdToken: HOUR,
      Interaction: HOUR,
      Grant: 14 * 24 * HOUR,
      RefreshToken: 14 * 24 * HOUR,
      Session: 24 * HOUR,
    },
    issueRefreshToken: async (_, client) =>
      client.grantTypeAllowed('refresh_token'),
    // Two tabs of the portal refresh at the same time with the same token.
    rotateRefreshToken: () => false,
    expiresWithSession: () => false,
    findAccount: (_, sub) => findAccount(people, sub),
    loadExistingGrant: grantEverythingAsked,
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = renderErrorPage(out.error_description ?? out.error);
    },
  };
}

function findAccount(
  people: Person[],
  sub: string,
): ReturnType<NonNullable<Configuration['findAccount']>> {
  const person = people.find(candidate => candidate.name === sub);
  return (
    person && {
      accountId: person.name,
      claims: () => ({
        sub: person.name,
        name: person.displayName,
        preferred_username: person.name,
        email: person.email,
        email_verified: true,
      }),
    }
  );
}
