import { request } from '@playwright/test';

/** The addresses that a sign-in passes through. */
export interface PortalAddresses {
  /** Where the pages are served, e.g. `http://localhost:3000`. */
  page: string;
  /** Where the API is served; the same as `page` in a production bundle. */
  backend: string;
}

/**
 * Signs a person in as a browser would, through the identity provider, and returns the portal token.
 *
 * @param person - entity name of the user, e.g. `mary`
 * @returns a bearer token for the backend, good for about an hour
 * @throws Error with the step that failed
 */
export async function signInOverHttp(
  { page, backend }: PortalAddresses,
  person: string,
): Promise<string> {
  const browser = await request.newContext();
  try {
    const start = new URL('/api/auth/oidc/start', backend);
    start.search = new URLSearchParams({
      env: 'development',
      flow: 'popup',
      origin: page,
      scope: 'openid profile email',
    }).toString();
    const whoAreYou = await browser.get(start.href);
    if (!whoAreYou.url().includes('/interaction/')) {
      throw new Error(`Sign-in led to ${whoAreYou.url()}`);
    }
    const frame = await browser.post(whoAreYou.url(), { form: { person } });
    if (!frame.ok()) {
      throw new Error(`Picking ${person} was answered with ${frame.status()}`);
    }
    const refreshed = await browser.get(
      new URL('/api/auth/oidc/refresh?optional&env=development', backend).href,
      { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
    );
    const session = await refreshed.json();
    if (!session.backstageIdentity?.token) {
      throw new Error(
        `The portal gave ${person} no token: ${JSON.stringify(session.error)}`,
      );
    }
    return session.backstageIdentity.token;
  } finally {
    await browser.dispose();
  }
}
