import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Terminal } from '../testing/Terminal';
import { SignIns } from './SignIns';
import { TokenStore } from './TokenStore';

describe('a session that somebody stops waiting for', () => {
  let server: Server;
  let portal: string;
  let stop: AbortController;
  const terminal = new Terminal();
  beforeAll(async () => {
    // It never answers: whoever waits has had enough of that.
    server = createServer(() => stop.abort(new Error('Enough.')));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    terminal.remove();
  });

  it('ends its calls with that', async () => {
    stop = new AbortController();
    const context = terminal.context();
    const claims = { sub: 'user:default/mary', iss: '', iat: 0, exp: 3600 };
    await new TokenStore(context).save(portal, {
      accessToken: `x.${Buffer.from(JSON.stringify(claims)).toString(
        'base64url',
      )}.x`,
      issuedAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    });
    await new SignIns(context).put(portal, {
      userRef: claims.sub,
      tokens: 'file',
      signedInAt: Date.now(),
    });
    const { client } = await context.session(stop.signal);

    await expect(client.call('me', {})).rejects.toThrow('Enough.');
  });
});
