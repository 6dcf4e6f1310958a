import { TemporaryCredentials } from 'backstage-plugin-break-glass-node';

/**
 * URL that asks the federation endpoint for a sign-in token. A secret: it
 * carries the credentials. It never carries a `SessionDuration`, which AWS
 * refuses for credentials of a chained role (pitfall 29); the console session
 * lasts as long as the credentials.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function signInTokenUrl(
  endpoint: string,
  credentials: TemporaryCredentials,
): URL {
  const url = new URL(endpoint);
  url.searchParams.set('Action', 'getSigninToken');
  url.searchParams.set(
    'Session',
    JSON.stringify({
      sessionId: credentials.accessKeyId,
      sessionKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
    }),
  );
  return url;
}

/** URL that signs a browser in; a secret that works for 15 minutes. */
export function loginUrl(
  endpoint: string,
  options: { issuer: string; destination: string; signInToken: string },
): string {
  const url = new URL(endpoint);
  url.searchParams.set('Action', 'login');
  url.searchParams.set('Issuer', options.issuer);
  url.searchParams.set('Destination', options.destination);
  url.searchParams.set('SigninToken', options.signInToken);
  return url.href;
}

/** The token in an answer of the federation endpoint, or undefined where it is none. */
export function readSignInToken(body: string): string | undefined {
  try {
    const token = (JSON.parse(body) as { SigninToken?: unknown })?.SigninToken;
    return typeof token === 'string' && token !== '' ? token : undefined;
  } catch {
    return undefined;
  }
}
