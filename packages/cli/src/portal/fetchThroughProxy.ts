import { fetch, ProxyAgent } from 'undici';

const agents = new Map<string, ProxyAgent>();

/**
 * `fetch` through a proxy. Encryption goes on to the portal itself.
 *
 * Node's own looks at no proxy unless NODE_USE_ENV_PROXY is set, and then only from Node 22.21 on.
 *
 * @param proxy - its URL
 * @throws TypeError as `fetch` does, and where the proxy's URL is none
 */
export async function fetchThroughProxy(
  input: string,
  init: RequestInit,
  proxy: string,
): Promise<Response> {
  const agent = agents.get(proxy) ?? new ProxyAgent(proxy);
  agents.set(proxy, agent);
  const response = await fetch(input, {
    ...(init as Parameters<typeof fetch>[1]),
    dispatcher: agent,
  });
  return response as unknown as Response;
}
