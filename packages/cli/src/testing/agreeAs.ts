import { PERSON_HEADER } from './proxySignIn';

/**
 * Does in the place of a person what a browser does with the address that `login` opens: it is led to the page of the
 * portal, signs in there, agrees, and follows back to the command.
 *
 * @param verdict - what the person says on the page
 * @returns what the command's own page said
 */
export async function agreeAs(
  person: string,
  url: string,
  verdict: 'approve' | 'reject' = 'approve',
): Promise<string> {
  const back = await redirectFor(person, url, verdict);
  return (await fetch(back)).text();
}

/** The same, short of following back. */
export async function redirectFor(
  person: string,
  url: string,
  verdict: 'approve' | 'reject' = 'approve',
): Promise<string> {
  const auth = `${new URL(url).origin}/api/auth`;
  const toPage = await fetch(url, { redirect: 'manual' });
  const page = toPage.headers.get('location') ?? '';
  const session = /\/oauth2\/authorize\/([^/?]+)$/.exec(page)?.[1];
  if (!session) {
    throw new Error(`The portal led to "${page}" (${toPage.status})`);
  }
  const signedIn = await fetch(`${auth}/proxy/refresh`, {
    headers: { [PERSON_HEADER]: person },
  });
  const { token } = (await signedIn.json()).backstageIdentity;
  const answered = await fetch(`${auth}/v1/sessions/${session}/${verdict}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  return (await answered.json()).redirectUrl;
}
