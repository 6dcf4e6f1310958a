import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { EXIT } from '../exitCodes';
import { OAuthClient } from '../signIn/OAuthClient';

describe('a proxy before the portal that answers with its own page', () => {
  let server: Server;
  let portal: string;
  beforeAll(async () => {
    server = createServer((_, response) =>
      response
        .setHeader('Content-Type', 'text/html; charset=utf-8')
        .end('<p>Sign in</p>'),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is not taken for the portal, and ends no sign-in', async () => {
    const client = new OAuthClient(portal, Date.now);

    await expect(client.renew('refresh')).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: expect.stringContaining(`At ${portal} a page answers`),
    });
  });
});
