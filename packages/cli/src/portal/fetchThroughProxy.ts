import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Proxy } from './proxyFor';

const agents = new Map<string, EnvHttpProxyAgent>();

/**
 * `fetch` through a proxy, or past it to what is not behind it. Encryption goes on to the portal itself.
 *
 * Node's own looks at no proxy unless NODE_USE_ENV_PROXY is set, and then only from Node 22.21 on.
 *
 * @throws TypeError as `fetch` does, and where the proxy's URL is none
 */
export async function fetchThroughProxy(
  input: string,
  init: RequestInit,
  { url, except }: Proxy,
): Promise<Response> {
  const key = JSON.stringify([url, except]);
  const agent =
    agents.get(key) ??
    new EnvHttpProxyAgent({ httpProxy: url, httpsProxy: url, noProxy: except });
  agents.set(key, agent);
  const response = await fetch(input, {
    ...(init as Parameters<typeof fetch>[1]),
    dispatcher: agent,
  });
  return response as unknown as Response;
}
