import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { OAuthClient } from './OAuthClient';

const NOW = 1_000_000;

let server: Server;
let portal: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
});

const renew = () => new OAuthClient(portal, () => NOW).renew('refresh-secret');

function respond(status: number, body: unknown) {
  answer = (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

function aToken(claims: Record<string, unknown> = {}): string {
  const all = {
    sub: 'user:default/mary',
    iss: `${portal}/api/auth`,
    ...claims,
  };
  const body = Buffer.from(JSON.stringify({ iat: 10, exp: 610, ...all }));
  return `header.${body.toString('base64url')}.signature`;
}

describe('tokens of a portal', () => {
  it('last as long as the token says, by the clock of this machine', async () => {
    respond(200, {
      access_token: aToken(),
      expires_in: 3600,
      refresh_token: 'next',
    });

    expect(await renew()).toEqual({
      accessToken: aToken(),
      refreshToken: 'next',
      issuedAt: NOW,
      expiresAt: NOW + 600_000,
    });
  });

  it.each([
    ['of another issuer', () => aToken({ iss: 'https://evil.example.com' })],
    ['without an issuer', () => aToken({ iss: undefined })],
    ['without an end', () => aToken({ exp: undefined })],
    ['that are none', () => 'secret-token'],
  ])('%s are not taken, and not repeated', async (_, token) => {
    respond(200, { access_token: token() });

    const error = await renew().catch(e => e);

    expect(error.name).toBe('CliError');
    expect(error.message).toMatch(/^The portal gave a token of/);
    expect(error.message).not.toContain('secret');
  });

  it.each([
    [400, 3],
    [401, 3],
    [429, 6],
    [500, 6],
    [503, 6],
  ])('that come with %s end with %s', async (status, exitCode) => {
    respond(status, { error: 'x', error_description: 'Not\u001b[2J now' });

    const error = await renew().catch(e => e);

    expect(error).toMatchObject({ exitCode });
    expect(error.message).not.toContain('\u001b');
    expect(error.message).not.toContain('refresh-secret');
  });

  it('that do not come repeat no more of the reason than a person reads', async () => {
    respond(400, { error: 'x', error_description: 'why '.repeat(10_000) });

    const { message } = await renew().catch(e => e);

    expect(message).toContain('why why');
    expect(message.length).toBeLessThan(2_500);
  });

  it('pitfall 31: are asked of no other address that the portal leads to', async () => {
    answer = (_, response) => {
      response.writeHead(307, { Location: `${portal}/elsewhere` });
      response.end();
    };

    await expect(renew()).rejects.toMatchObject({ exitCode: 6 });
    expect(asked).toEqual(['POST /api/auth/v1/token']);
  });
});
