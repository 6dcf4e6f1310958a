import { timingSafeEqual } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { CliError } from '../CliError';
import { isOurs } from '../console/isOurs';
import type { peerUid } from '../console/peerUid';
import { EXIT } from '../exitCodes';
import { repeated } from '../frame/inert';

/** The port that Backstage's own command line uses; people forward it to machines without a browser. */
const USUAL_PORT = 8055;

/** What stands in for the system in tests. */
export interface CallbackOptions {
  platform?: NodeJS.Platform;
  uidOf?: typeof peerUid;
}

/**
 * Waits on the loopback address for the browser to come back from the portal. Others on this machine can call it, too:
 * what does not carry the state is answered, and changes nothing.
 */
export class CallbackServer {
  readonly code: Promise<string>;
  readonly redirectUri: string;
  readonly #server: Server;
  #settle!: { resolve(code: string): void; reject(error: Error): void };

  private constructor(
    server: Server,
    private readonly state: string,
    private readonly options: CallbackOptions,
  ) {
    this.#server = server;
    this.redirectUri = `http://127.0.0.1:${
      (server.address() as AddressInfo).port
    }/callback`;
    this.code = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever waits sees it; before that it is no unhandled rejection.
    this.code.catch(() => {});
    server.on('request', (request, response) =>
      this.#answer(request, response).catch(() => response.destroy()),
    );
  }

  /** Listens on the usual port, or on a free one where that is taken. */
  static async start(
    state: string,
    options: CallbackOptions = {},
  ): Promise<CallbackServer> {
    const server = createServer();
    await listen(server, USUAL_PORT).catch(() => listen(server, 0));
    return new CallbackServer(server, state, options);
  }

  /**
   * Takes an address that the portal sent a browser back to, from wherever it comes.
   * @returns whether it was one that answers this sign-in
   */
  take(address: URL): boolean {
    const { searchParams } = address;
    if (!same(searchParams.get('state') ?? '', this.state)) {
      return false;
    }
    const code = searchParams.get('code');
    if (code) {
      this.#settle.resolve(code);
    } else {
      const reason =
        searchParams.get('error_description') ?? searchParams.get('error');
      this.#settle.reject(
        new CliError(
          `The portal did not sign you in: ${repeated(
            reason ?? 'no reason given',
          )}.`,
          EXIT.refused,
        ),
      );
    }
    return true;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { host, port } = new URL(this.redirectUri);
    const url = URL.canParse(request.url ?? '', this.redirectUri)
      ? new URL(request.url ?? '', this.redirectUri)
      : undefined;
    // A name that leads here (DNS rebinding) is not the portal's redirect.
    if (
      request.method !== 'GET' ||
      request.headers.host !== host ||
      url?.pathname !== '/callback'
    ) {
      send(response, 404, 'Nothing is here.');
      return;
    }
    // What opens a browser shows the state to everybody on the machine, who could answer with a code of their own.
    const { platform = process.platform, uidOf } = this.options;
    if (!(await isOurs(platform, request, Number(port), uidOf))) {
      send(response, 403, 'This page is somebody else’s.');
      return;
    }
    if (!this.take(url)) {
      send(
        response,
        400,
        'This is not the sign-in that break-glass waits for.',
      );
      return;
    }
    send(response, 200, 'Go back to the terminal; you may close this window.');
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    Connection: 'close',
  });
  response.end(`${text}\n`);
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
