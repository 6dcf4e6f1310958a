const DEFAULT_PORT = 443;

/**
 * Whether `NO_PROXY` says that a portal is not behind the proxy. The rules are those of undici's `EnvHttpProxyAgent`,
 * which tells nobody what it decides.
 *
 * @param except - names, domains and addresses, with or without a port, apart by commas or spaces; `*` alone is all
 */
export function isPastProxy({ host, port }: URL, except: string): boolean {
  if (except === '*') {
    return true;
  }
  // Keeps the brackets of an IPv6 address, which it has in NO_PROXY, too.
  const name = host.replace(/:\d*$/, '');
  const at = Number(port) || DEFAULT_PORT;
  return except
    .split(/[,\s]/)
    .filter(Boolean)
    .some(entry => {
      const [, named = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
      const domain = named.replace(/^\*?\./, '').toLowerCase();
      return (
        (!Number(only) || Number(only) === at) &&
        (name === domain || name.endsWith(`.${domain}`))
      );
    });
}
