import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  context,
  ContextManager,
  createContextKey,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import { FederationEndpoint } from './ConsoleSignIn';

const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'VERYSECRETKEY',
  sessionToken: 'VERYSECRETTOKEN',
  expiresAt: 0,
};

async function withServer<T>(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  work: (endpoint: string) => Promise<T>,
): Promise<T> {
  const server = createServer(handler);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  try {
    return await work(`http://127.0.0.1:${port}/federation`);
  } finally {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  }
}

const signIn = (endpoint: string) =>
  new FederationEndpoint().url({
    endpoint,
    issuer: 'https://portal.example.com',
    destination: 'https://console.aws.amazon.com/',
    credentials,
  });

/** A context manager that only knows what runs now, which is all that is looked at here. */
class PlainContextManager implements ContextManager {
  private current = ROOT_CONTEXT;
  active = () => this.current;
  with: ContextManager['with'] = (next, fn, thisArg, ...args) => {
    const before = this.current;
    this.current = next;
    try {
      return fn.call(thisArg as ThisParameterType<typeof fn>, ...args);
    } finally {
      this.current = before;
    }
  };
  bind: ContextManager['bind'] = (_, target) => target;
  enable = () => this;
  disable = () => this;
}

describe('FederationEndpoint', () => {
  it('makes a sign-in URL of the token that it got', async () => {
    await withServer(
      (request, response) => {
        const { searchParams } = new URL(request.url!, 'http://localhost');
        expect(searchParams.has('SessionDuration')).toBe(false);
        response.end(JSON.stringify({ SigninToken: 'the-token' }));
      },
      async endpoint => {
        const url = new URL(await signIn(endpoint));
        expect(url.searchParams.get('SigninToken')).toBe('the-token');
        expect(url.href).not.toContain('SECRET');
      },
    );
  });

  it.each<
    [string, (request: IncomingMessage, response: ServerResponse) => void]
  >([
    [
      'refuses',
      (_, response) => response.writeHead(400).end('{"SigninToken":"x"}'),
    ],
    ['fails', (_, response) => response.writeHead(500).end()],
    ['sends something else', (_, response) => response.end('<html></html>')],
    ['hangs up', request => request.socket.destroy()],
    [
      'never ends',
      (_, response) => response.end(`{"a":"${'x'.repeat(100_000)}"}`),
    ],
    [
      'redirects',
      (request, response) =>
        request.url === '/elsewhere'
          ? response.end('{"SigninToken":"x"}')
          : response.writeHead(302, { Location: '/elsewhere' }).end(),
    ],
  ])(
    'I10: names neither URL nor credentials where it %s',
    async (_, handler) => {
      await withServer(handler, async endpoint => {
        const error = await signIn(endpoint).catch(each => each);
        const all = `${error.stack} ${JSON.stringify(error)} ${error.cause}`;
        expect(error).toMatchObject({ code: 'aws-unavailable' });
        expect(all).not.toMatch(/SECRET|127\.0\.0\.1|Session=/);
      });
    },
  );

  it('pitfall 27: the call is not traced', async () => {
    const manager = new PlainContextManager();
    context.setGlobalContextManager(manager);
    const key = createContextKey(
      'OpenTelemetry SDK Context Key SUPPRESS_TRACING',
    );
    const fetched = jest.spyOn(global, 'fetch').mockImplementation(async () => {
      expect(manager.active().getValue(key)).toBe(true);
      return new Response('{"SigninToken":"t"}');
    });
    try {
      await signIn('https://eu-central-1.signin.aws.amazon.com/federation');
      expect(fetched).toHaveBeenCalledTimes(1);
    } finally {
      fetched.mockRestore();
      context.disable();
    }
  });
});
