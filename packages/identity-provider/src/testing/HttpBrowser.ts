interface Cookie {
  host: string;
  path: string;
  value: string;
}

/** The part of a browser that a sign-in needs: cookies by host and path, redirects one at a time. */
export class HttpBrowser {
  readonly #cookies = new Map<string, Cookie>();

  /** Sends one request with the cookies for its address; does not follow a redirect. */
  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url);
    const response = await fetch(target, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, Cookie: this.#cookieHeader(target) },
    });
    for (const header of response.headers.getSetCookie()) {
      this.#keep(target, header);
    }
    return response;
  }

  /** Follows redirects until a page answers, or until one leads to an address that begins with `stopAt`. */
  async follow(
    url: string,
    options: { stopAt: string; init?: RequestInit },
  ): Promise<{ url: string; response?: Response }> {
    let current = url;
    let init = options.init;
    for (let hop = 0; hop < 10; hop++) {
      const response = await this.request(current, init);
      const location = response.headers.get('location');
      if (!location) {
        return { url: current, response };
      }
      current = new URL(location, current).href;
      if (current.startsWith(options.stopAt)) {
        return { url: current };
      }
      init = undefined;
    }
    throw new Error(`More than 10 redirects from ${url}`);
  }

  #cookieHeader({ host, pathname }: URL): string {
    return [...this.#cookies]
      .filter(
        ([, cookie]) =>
          cookie.host === host && pathname.startsWith(cookie.path),
      )
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ');
  }

  #keep({ host, pathname }: URL, header: string): void {
    const [pair, ...attributes] = header.split(/;\s*/);
    const [name, value] = pair.split(/=(.*)/s);
    const path =
      attributes
        .find(attribute => attribute.toLowerCase().startsWith('path='))
        ?.slice('path='.length) ?? pathname;
    this.#cookies.set(`${name} ${host} ${path}`, { host, path, value });
  }
}
