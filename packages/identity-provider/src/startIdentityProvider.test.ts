import { createHash, randomBytes } from 'node:crypto';
import { HttpBrowser } from './testing/HttpBrowser';
import {
  startIdentityProvider,
  type IdentityProvider,
} from './startIdentityProvider';

const REDIRECT_URI = 'http://localhost:9/api/auth/oidc/handler/frame';
const CLIENT = { clientId: 'backstage', clientSecret: 'a test secret' };
const BASIC = `Basic ${Buffer.from(
  `${CLIENT.clientId}:${encodeURIComponent(CLIENT.clientSecret)}`,
).toString('base64')}`;

let provider: IdentityProvider;

beforeAll(async () => {
  provider = await startIdentityProvider({
    people: [
      {
        name: 'mary',
        displayName: 'Mary Novak',
        email: 'mary@example.com',
        description: 'Cloud platform engineer',
        groups: ['Cloud admins'],
      },
      {
        name: 'mallory',
        displayName: '<script>alert(1)</script>',
        email: 'mallory@example.com',
        groups: [],
      },
    ],
    clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }],
  });
});

afterAll(() => provider.stop());

interface Attempt {
  browser: HttpBrowser;
  verifier: string;
  page: { url: string; response?: Response };
}

/** Goes as far as the page to pick a person, or wherever else the provider leads. */
async function begin(
  parameters: Record<string, string> = {},
): Promise<Attempt> {
  const browser = new HttpBrowser();
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: CLIENT.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email',
    state: 'some-state',
    prompt: 'login',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const page = await browser.follow(`${provider.url}/auth?${query}`, {
    stopAt: REDIRECT_URI,
  });
  return { browser, verifier, page };
}

function pick(attempt: Attempt, person: string) {
  return attempt.browser.follow(attempt.page.url, {
    stopAt: REDIRECT_URI,
    init: { method: 'POST', body: new URLSearchParams({ person }) },
  });
}

async function signIn(): Promise<{ code: string; verifier: string }> {
  const attempt = await begin();
  const { url } = await pick(attempt, 'mary');
  const code = new URL(url).searchParams.get('code');
  if (!code) {
    throw new Error(`no code in ${url}`);
  }
  return { code, verifier: attempt.verifier };
}

async function token(
  form: Record<string, string>,
  authorization = BASIC,
): Promise<{ status: number; body: any }> {
  const response = await fetch(`${provider.url}/token`, {
    method: 'POST',
    headers: { Authorization: authorization },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.json() };
}

function redeem(code: string, verifier: string) {
  return token({
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: REDIRECT_URI,
  });
}

describe('identity provider', () => {
  it('signs a person in with an authorization code and PKCE', async () => {
    const { code, verifier } = await signIn();

    const { status, body } = await redeem(code, verifier);
    const userInfo = await fetch(`${provider.url}/me`, {
      headers: { Authorization: `Bearer ${body.access_token}` },
    });

    expect(status).toBe(200);
    expect(await userInfo.json()).toEqual({
      sub: 'mary',
      name: 'Mary Novak',
      preferred_username: 'mary',
      email: 'mary@example.com',
      email_verified: true,
    });
  });

  it('renews with a refresh token, again and again', async () => {
    const { code, verifier } = await signIn();
    const { body } = await redeem(code, verifier);
    const form = {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token,
    };

    expect((await token(form)).status).toBe(200);
    expect((await token(form)).status).toBe(200);
  });

  it('lists people with what they do and their groups', async () => {
    const { page } = await begin();

    const html = await page.response!.text();

    expect(html).toContain('Mary Novak');
    expect(html).toContain('Cloud platform engineer');
    expect(html).toContain('Cloud admins');
  });

  it('shows names as text, never as markup', async () => {
    const { page } = await begin();

    const html = await page.response!.text();

    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });

  it('refuses a sign-in without PKCE', async () => {
    const { page } = await begin({
      code_challenge: '',
      code_challenge_method: '',
    });

    expect(new URL(page.url).searchParams.get('error')).toBe('invalid_request');
  });

  it('refuses a code with another verifier', async () => {
    const { code } = await signIn();

    const { status, body } = await redeem(
      code,
      randomBytes(32).toString('base64url'),
    );

    expect(status).toBe(400);
    expect(body.error).toBe('invalid_grant');
  });

  it('refuses a code that was used before', async () => {
    const { code, verifier } = await signIn();
    await redeem(code, verifier);

    expect((await redeem(code, verifier)).body.error).toBe('invalid_grant');
  });

  it('refuses a client with the wrong secret', async () => {
    const { code, verifier } = await signIn();
    const { status } = await token(
      {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: REDIRECT_URI,
      },
      `Basic ${Buffer.from('backstage:guess').toString('base64')}`,
    );

    expect(status).toBe(401);
  });

  it('never sends a code to an address that is not registered', async () => {
    const { page } = await begin({ redirect_uri: 'http://evil.example/frame' });

    expect(page.response!.status).toBe(400);
    expect(page.url).toContain(provider.url);
  });

  it('refuses a person who is not on the list', async () => {
    const attempt = await begin();

    const { response } = await pick(attempt, 'nobody');

    expect(response!.status).toBe(400);
  });

  it('refuses to finish a sign-in that another browser began', async () => {
    const { page } = await begin();

    const { response } = await pick(
      { browser: new HttpBrowser(), verifier: '', page },
      'mary',
    );

    expect(response!.status).toBe(400);
    expect(await response!.text()).toContain('expired');
  });

  it('publishes no private part of its signing key', async () => {
    const response = await fetch(`${provider.url}/jwks`);

    const { keys } = (await response.json()) as any;

    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0])).not.toContain('d');
  });
});
