import { isThisMachine } from '../signIn/portalAddress';

/** A proxy of the person's network, and what is not behind it. */
export interface Proxy {
  /** Its URL, which may hold a name and a password. */
  url: string;
  /** Names, addresses and domains, as `NO_PROXY` has them. */
  except: string;
}

/**
 * The proxy that the environment names for a portal. What is on this machine is behind none: without encryption, a
 * proxy would read the tokens.
 *
 * @returns undefined where there is none
 */
export function proxyFor(
  portal: URL,
  env: Record<string, string | undefined>,
): Proxy | undefined {
  const named = env.https_proxy || env.HTTPS_PROXY;
  if (!named || portal.protocol !== 'https:' || isThisMachine(portal)) {
    return undefined;
  }
  return {
    // Many tools take one without its scheme.
    url: named.includes('://') ? named : `http://${named}`,
    except: env.no_proxy || env.NO_PROXY || '',
  };
}
