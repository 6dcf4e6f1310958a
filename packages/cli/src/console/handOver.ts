import { randomBytes } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { note } from '../frame/output';
import { isOurs } from './isOurs';
import { peerUid } from './peerUid';

/** How long a browser may take to start. */
const PATIENCE_MS = 60_000;

/** What stands in for the system in tests. */
export interface HandOverOptions {
  signal?: AbortSignal;
  /** Whose process holds the other end; undefined where unknown. */
  uidOf?: typeof peerUid;
}

/**
 * Hands a secret address to the person's browser. What opens a browser shows its arguments to everybody on the machine,
 * so that it gets another address: a page on the loopback address that leads to the secret one, once, and on Linux only
 * for the person's own processes.
 *
 * @throws CliError with `unavailable` where no browser came
 */
export async function handOver(
  context: Context,
  secretUrl: string,
  options: HandOverOptions = {},
): Promise<void> {
  const { signal = AbortSignal.timeout(PATIENCE_MS), uidOf = peerUid } =
    options;
  const path = `/${randomBytes(32).toString('base64url')}`;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let taken = false;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (
      request.method !== 'GET' ||
      request.url !== path ||
      request.headers.host !== `127.0.0.1:${port}`
    ) {
      end(response, 404, 'Nothing is here.');
      return;
    }
    if (!(await isOurs(context.platform, request, port, uidOf))) {
      note(
        context,
        'Warning: a process of another user asked for the console and was refused.',
      );
      end(response, 403, 'This page is somebody else’s.');
      return;
    }
    if (taken) {
      end(response, 410, 'This page worked once.');
      return;
    }
    taken = true;
    response.setHeader('Location', secretUrl);
    end(response, 303, 'On to the AWS console.');
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.on('request', (request, response) => {
        response.once('close', () => taken && resolve());
        answer(request, response).catch(reject);
      });
      const stop = () => reject(nobodyCame('No browser came'));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      context
        .openBrowser(`http://127.0.0.1:${port}${path}`)
        .catch(() => reject(nobodyCame('No browser could be opened')));
    });
  } finally {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  }
}

function nobodyCame(what: string): CliError {
  return new CliError(
    `${what} for the console. Add --print to get the address, which is a secret.`,
    EXIT.unavailable,
  );
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    Connection: 'close',
  });
  response.end(`${text}\n`);
}
