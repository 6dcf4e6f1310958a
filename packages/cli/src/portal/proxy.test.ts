import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { Finding } from '../doctor/Check';
import { Built } from '../testing/Built';
import { proxyFor } from './proxyFor';

jest.setTimeout(120_000);

/** On this machine, and not among the names that are never behind a proxy. */
const OTHER = '127.0.0.2';

describe('proxyFor', () => {
  const portal = 'https://portal.example.com';
  const url = 'http://proxy.example.com:8080';

  it.each([
    ['https_proxy', { https_proxy: url }],
    ['HTTPS_PROXY', { HTTPS_PROXY: url }],
    ['one without a scheme', { HTTPS_PROXY: 'proxy.example.com:8080' }],
  ])('finds %s', (_, env) => {
    expect(proxyFor(new URL(portal), env)).toBe(url);
  });

  it.each([
    ['where none is named', portal, { HTTP_PROXY: url, HTTPS_PROXY: '' }],
    ['without encryption', 'http://portal.example.com', { HTTPS_PROXY: url }],
    ['to localhost', 'https://localhost:7007', { HTTPS_PROXY: url }],
    ['to 127.0.0.1', 'https://127.0.0.1:7007', { HTTPS_PROXY: url }],
    ['to ::1', 'https://[::1]:7007', { HTTPS_PROXY: url }],
    ['past it', portal, { HTTPS_PROXY: url, NO_PROXY: '.example.com' }],
    ['past it', portal, { HTTPS_PROXY: url, no_proxy: '*', NO_PROXY: 'x' }],
  ])('finds none %s', (_, address, env) => {
    expect(proxyFor(new URL(address), env)).toBeUndefined();
  });
});

describe('the command behind a proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'break-glass-proxy-'));
  const ca = join(folder, 'ca.pem');
  const servers: Server[] = [];
  let built: Built;
  let portal: Server;
  let proxyHost: string;
  /** What the proxy was asked for, and by whom. */
  let asked: Array<{ host?: string; by?: string }>;
  let refusal: string | undefined;

  const listen = (server: Server, host = '127.0.0.1') =>
    new Promise<number>(resolve => {
      servers.push(server);
      server.listen(0, host, () =>
        resolve((server.address() as AddressInfo).port),
      );
    });

  beforeAll(async () => {
    const { private: key, cert } = generate(
      [{ name: 'commonName', value: 'portal.example.com' }],
      {
        keySize: 2048,
        algorithm: 'sha256',
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'portal.example.com' },
              { type: 7, ip: OTHER },
            ],
          },
        ],
      },
    );
    writeFileSync(ca, cert);
    const answer = (_: unknown, response: { end(text: string): void }) =>
      response.end('{}');
    portal = createTlsServer({ key, cert }, answer) as unknown as Server;
    const port = await listen(
      portal,
      process.platform === 'linux' ? OTHER : undefined,
    );
    const { address } = portal.address() as AddressInfo;
    // It knows the way to the portal, which no name service here does.
    const proxy = createServer().on(
      'connect',
      (request: IncomingMessage, socket: Duplex) => {
        asked.push({
          host: request.url,
          by: request.headers['proxy-authorization'],
        });
        if (refusal) {
          socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
          return;
        }
        const onward = connect(port, address, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      },
    );
    proxyHost = `127.0.0.1:${await listen(proxy)}`;
    built = await Built.make();
  });

  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    built.remove();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    asked = [];
    refusal = undefined;
  });

  /** What the command finds of a portal. That it comes to an end is part of it. */
  async function look(address: string, env: Record<string, string>) {
    const { stdout, stderr } = await built.run(['doctor', '--json'], {
      env: {
        BREAK_GLASS_PORTAL: address,
        NODE_EXTRA_CA_CERTS: ca,
        PATH: '',
        ...env,
      },
    });
    const { findings }: { findings: Finding[] } = JSON.parse(stdout);
    const found = findings.find(({ name }) => name === 'Portal')!;
    return { ...found, written: stdout + stderr };
  }

  it('asks the proxy for a portal that only the proxy knows', async () => {
    const found = await look('https://portal.example.com', {
      HTTPS_PROXY: `http://mary:s3cret@${proxyHost}`,
    });

    expect(found).toMatchObject({
      state: 'ok',
      message: 'https://portal.example.com answers.',
    });
    expect(asked).toEqual([
      {
        host: 'portal.example.com:443',
        by: `Basic ${Buffer.from('mary:s3cret').toString('base64')}`,
      },
    ]);
  });

  it('takes no certificate of the proxy’s for the portal’s', async () => {
    const found = await look('https://other.example.com', {
      HTTPS_PROXY: `http://${proxyHost}`,
    });

    expect(found).toMatchObject({
      state: 'problem',
      message: expect.stringContaining('CERT'),
    });
  });

  it('names a proxy that wants a password, and not the one it was given', async () => {
    refusal = '407 Proxy Authentication Required';

    const { message, written } = await look('https://portal.example.com', {
      HTTPS_PROXY: `http://mary:s3cret@${proxyHost}`,
    });

    expect(message).toMatch(/\(407: the proxy wants a name and a password/);
    expect(message).toContain(`HTTPS_PROXY names the proxy ${proxyHost}.`);
    expect(written).not.toContain('s3cret');
  });

  it.each(['http://', 'http://127.0.0.1:1/34@proxy:8080'])(
    'says of an address that is none what one looks like: %s',
    async HTTPS_PROXY => {
      const { message, written } = await look('https://portal.example.com', {
        HTTPS_PROXY,
      });

      expect(message).toContain('HTTPS_PROXY is no address of a proxy');
      expect(written).not.toMatch(/127\.0\.0\.1|34@/);
    },
  );

  it('goes past it to what is on this machine', async () => {
    const plain = createServer((_, response) => response.end('{}'));
    const address = `http://127.0.0.1:${await listen(plain)}`;

    const found = await look(address, {
      HTTPS_PROXY: `http://${proxyHost}`,
      HTTP_PROXY: `http://${proxyHost}`,
    });

    expect(found.state).toBe('ok');
    expect(asked).toEqual([]);
  });

  const hasOther = process.platform === 'linux';
  if (!hasOther) {
    process.stderr.write(`Skipped: only Linux answers at ${OTHER}.\n`);
  }
  const onlyThere = hasOther ? it : it.skip;
  onlyThere('names no proxy that it goes past', async () => {
    const { message } = await look(`https://${OTHER}:1`, {
      HTTPS_PROXY: `http://${proxyHost}`,
      NO_PROXY: OTHER,
    });

    // eslint-disable-next-line jest/no-standalone-expect
    expect(message).toContain('does not answer');
    // eslint-disable-next-line jest/no-standalone-expect
    expect(message).not.toContain('HTTPS_PROXY');
    // eslint-disable-next-line jest/no-standalone-expect
    expect(asked).toEqual([]);
  });

  onlyThere('goes past it to what NO_PROXY names', async () => {
    const { port } = portal.address() as AddressInfo;
    const address = `https://${OTHER}:${port}`;
    const HTTPS_PROXY = `http://${proxyHost}`;

    const found = [];
    for (const NO_PROXY of [OTHER, 'other']) {
      const { state } = await look(address, { HTTPS_PROXY, NO_PROXY });
      found.push({ NO_PROXY, state, asked: asked.length });
    }

    // eslint-disable-next-line jest/no-standalone-expect
    expect(found).toEqual([
      { NO_PROXY: OTHER, state: 'ok', asked: 0 },
      { NO_PROXY: 'other', state: 'ok', asked: 1 },
    ]);
  });
});
