import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { handleInteraction, isInteraction } from './interactionRoutes';
import type { Person } from './people';
import {
  providerConfiguration,
  type ClientRegistration,
} from './providerConfiguration';

/** What to serve, and where. */
export interface IdentityProviderOptions {
  /** Port on the loopback address; 0 (the default) takes a free one. */
  port?: number;
  people: Person[];
  clients: ClientRegistration[];
}

/** A running provider. */
export interface IdentityProvider {
  /** The issuer, e.g. `http://localhost:7011`. */
  url: string;
  port: number;
  /** Closes the port and every open connection. */
  stop(): Promise<void>;
}

/**
 * Starts an OpenID Connect provider on the loopback address.
 *
 * @throws Error with `code` `EADDRINUSE` when the port is taken
 */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<IdentityProvider> {
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const url = `http://localhost:${port}`;
  const provider = new Provider(
    url,
    providerConfiguration(options.people, options.clients),
  );
  const serveProvider = provider.callback();

  server.on('request', (req, res) => {
    const path = (req.url ?? '/').split('?')[0];
    if (!isInteraction(path)) {
      serveProvider(req, res);
      return;
    }
    handleInteraction(provider, options.people, req, res).catch(error => {
      console.error('Sign-in page failed:', error);
      if (!res.headersSent) {
        res.writeHead(500);
      }
      res.end();
    });
  });

  return { url, port, stop: () => close(server) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
