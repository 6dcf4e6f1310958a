import { isThisMachine } from '../signIn/portalAddress';
import { isPastProxy } from './isPastProxy';

/**
 * The proxy that the environment names for a portal. What is on this machine is behind none: without encryption, a
 * proxy would read the tokens.
 *
 * @returns its URL, which may hold a name and a password, or be none; undefined where the portal is behind no proxy
 */
export function proxyFor(
  portal: URL,
  env: Record<string, string | undefined>,
): string | undefined {
  const named = env.https_proxy || env.HTTPS_PROXY;
  if (!named || portal.protocol !== 'https:' || isThisMachine(portal)) {
    return undefined;
  }
  if (isPastProxy(portal, env.no_proxy || env.NO_PROXY || '')) {
    return undefined;
  }
  // Many tools take one without its scheme.
  return named.includes('://') ? named : `http://${named}`;
}
