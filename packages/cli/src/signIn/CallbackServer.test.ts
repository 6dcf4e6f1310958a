import { createServer } from 'node:http';
import { CallbackServer } from './CallbackServer';

const STATE = 'the state of this sign-in';

let server: CallbackServer;
const call = (path: string, init?: RequestInit) =>
  fetch(new URL(path, server.redirectUri), init);
const callback = (query: Record<string, string>) =>
  call(`/callback?${new URLSearchParams(query)}`);

beforeEach(async () => {
  server = await CallbackServer.start(STATE);
});

afterEach(() => server.close());

describe('the page that a browser comes back to', () => {
  it('takes the code that comes with the state', async () => {
    const page = await callback({ code: 'c0de', state: STATE });

    expect(await server.code).toBe('c0de');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await page.text()).not.toContain('c0de');
  });

  it.each([
    ['another state', { code: 'evil', state: 'another' }],
    ['a state of the same length', { code: 'evil', state: 'x'.repeat(25) }],
    ['no state', { code: 'evil' } as Record<string, string>],
    ['an error without the state', { error: 'access_denied', state: '' }],
  ])('goes on waiting after %s', async (_, query) => {
    expect((await callback(query)).status).toBe(400);

    await callback({ code: 'c0de', state: STATE });
    expect(await server.code).toBe('c0de');
  });

  it('says what the portal says where it refuses', async () => {
    await callback({
      error: 'access_denied',
      error_description: 'User denied\u001b[2J the request',
      state: STATE,
    });

    await expect(server.code).rejects.toThrow(
      'The portal did not sign you in: User denied\\u001b[2J the request.',
    );
  });

  it('is nowhere else: other paths and methods find nothing', async () => {
    expect((await call(`/?code=c&state=${STATE}`)).status).toBe(404);
    const posted = await call(`/callback?code=c&state=${STATE}`, {
      method: 'POST',
    });
    expect(posted.status).toBe(404);
  });

  it('answers under no other name, and on the loopback address only', async () => {
    const { port } = new URL(server.redirectUri);

    expect(server.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    const other = await fetch(
      `http://localhost:${port}/callback?code=c&state=${STATE}`,
    );
    expect(other.status).toBe(404);
  });

  it('takes a free port where the usual one is taken', async () => {
    const second = await CallbackServer.start(STATE);

    expect(second.redirectUri).not.toBe(server.redirectUri);
    await second.close();
  });

  it.each([
    ['of another user', async () => (process.getuid?.() ?? 0) + 1],
    ['of nobody knows whom', async () => undefined],
  ])(
    'takes no code from a process %s, and goes on waiting',
    async (_, uidOf) => {
      let uid: () => Promise<number | undefined> = uidOf;
      await server.close();
      server = await CallbackServer.start(STATE, {
        platform: 'linux',
        uidOf: async () => uid(),
      });
      const evil = await callback({ code: 'evil', state: STATE });
      expect(evil.status).toBe(403);

      uid = async () => process.getuid?.();
      await callback({ code: 'c0de', state: STATE });
      expect(await server.code).toBe('c0de');
    },
  );

  it('frees its port when it is closed', async () => {
    const { port } = new URL(server.redirectUri);
    await server.close();

    const next = createServer();
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject);
      next.listen(Number(port), '127.0.0.1', resolve);
    });
    expect(next.listening).toBe(true);
    next.close();
    server = await CallbackServer.start(STATE);
  });
});
