import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Terminal } from '../testing/Terminal';
import { SignIns } from './SignIns';
import { TokenStore } from './TokenStore';

describe('break-glass logout', () => {
  let server: Server;
  let portal: string;
  let asked: string[];
  let status: number;
  const terminals: Terminal[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.statusCode = status;
      response.end();
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    terminals.forEach(terminal => terminal.remove());
  });
  beforeEach(() => {
    asked = [];
    status = 200;
  });

  async function signedIn(refreshToken: string | undefined): Promise<Terminal> {
    const terminal = new Terminal();
    terminals.push(terminal);
    const context = terminal.context();
    const tokens = { accessToken: 'access', issuedAt: 1, expiresAt: 2 };
    await new TokenStore(context).save(portal, {
      ...tokens,
      ...(refreshToken && { refreshToken }),
    });
    await new SignIns(context).put(portal, {
      userRef: 'user:default/mary',
      tokens: 'file',
      signedInAt: 1,
    });
    return terminal;
  }

  it('says nothing more where the portal took the sign-in back', async () => {
    const terminal = await signedIn('refresh-secret');

    expect(await terminal.run(['logout'])).toEqual({
      exitCode: 0,
      stdout: `Signed out of ${portal}.\n`,
      stderr: '',
    });
    expect(asked).toEqual(['POST /api/auth/v1/revoke']);
  });

  it('says that a copy lives on where the portal did not, and what to do', async () => {
    status = 500;
    const terminal = await signedIn('refresh-secret');

    const outcome = await terminal.run(['logout']);

    expect(outcome).toEqual({
      exitCode: 0,
      stdout: `Signed out of ${portal}.\n`,
      stderr:
        'The sign-in is gone from this machine, but the portal was not told: The portal did not take the sign-in back (500). A copy of it would live on: once the portal answers, log in and out again.\n',
    });
    const again = await terminal.run(['logout']);
    expect(again.stderr).toContain('You are not signed in.');
  });

  it.each([
    [200, true],
    [503, false],
  ])('says it to programs, too: %s is %s', async (answered, revoked) => {
    status = answered;
    const terminal = await signedIn('refresh-secret');

    const { stdout } = await terminal.run(['logout', '--json']);

    expect(JSON.parse(stdout)).toEqual({ portal, revoked });
  });

  it('asks for nothing where there is nothing to take back', async () => {
    const terminal = await signedIn(undefined);

    expect((await terminal.run(['logout'])).stderr).toBe('');
    expect(asked).toEqual([]);
  });
});
