/**
 * What a person should know of the proxy where nothing answers. Its name and password are secret: whole in a URL that
 * is one, and anywhere in what only looks like it.
 *
 * @param proxy - its URL, or what was given for one
 */
export function proxyWords(proxy: string): string {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  // A password with a character that ends the host leaves name and password in the place of that.
  return url?.host && /^\/?$/.test(url.pathname + url.search + url.hash)
    ? `HTTPS_PROXY names the proxy ${url.host}.`
    : 'HTTPS_PROXY is no address of a proxy, such as http://proxy.example.com:8080. In its password, write all but letters and digits as %XX.';
}
