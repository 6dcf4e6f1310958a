import { BreakGlassClient } from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import { Context, PortalSession } from '../Context';
import { EXIT } from '../exitCodes';
import { fetchPortal } from '../portal/fetchPortal';
import { readSignal } from '../portal/readSignal';
import { AccessTokens } from './AccessTokens';
import { loginHint } from './loginHint';
import { OAuthClient, SignInGone } from './OAuthClient';
import { SignIns } from './SignIns';
import { TokenStore } from './TokenStore';

/**
 * The API of a portal as the signed-in person.
 *
 * @param signal - ends calls to it that read
 * @throws CliError with `notSignedIn`
 */
export async function openSession(
  context: Context,
  store: TokenStore,
  signal?: AbortSignal,
): Promise<PortalSession> {
  const signIns = new SignIns(context);
  const portal = await signIns.portal();
  const signIn = portal && (await signIns.get(portal));
  if (!signIn) {
    throw new CliError(
      portal
        ? `You are not signed in at ${portal}. Run: ${loginHint(portal)}`
        : `You are not signed in. Run: ${loginHint(portal)}`,
      EXIT.notSignedIn,
    );
  }
  const tokens = new AccessTokens(
    context,
    new OAuthClient(portal, () => context.now()),
    store,
    signIn.userRef,
    Boolean(signal),
  );
  return {
    backendUrl: portal,
    userRef: signIn.userRef,
    client: new BreakGlassClient({
      baseUrl: async () => `${portal}/api/break-glass`,
      fetch: (input, init) =>
        fetchSigned(portal, tokens, String(input), {
          ...init,
          signal: readSignal(init, signal),
        }),
    }),
  };
}

/** A portal that changed its keys refuses tokens that are good by the clock: renewed once, the request is sent again. */
async function fetchSigned(
  portal: string,
  tokens: AccessTokens,
  input: string,
  init?: RequestInit,
): Promise<Response> {
  const send = (token: string) =>
    fetchPortal(input, {
      ...init,
      headers: { ...init?.headers, Authorization: `Bearer ${token}` },
    });
  const token = await tokens.get();
  const response = await send(token);
  if (response.status !== 401) {
    return response;
  }
  await response.body?.cancel();
  const again = await send(await tokens.get(token));
  if (again.status === 401) {
    await again.body?.cancel();
    throw new SignInGone(portal, 'it takes no token of it');
  }
  return again;
}
