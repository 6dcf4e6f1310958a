import { createServer } from 'node:net';
import { PORTS } from './addresses.mjs';

const LOOPBACK = '127.0.0.1';

/** Whether nothing listens on a port of the loopback address. */
export function isPortFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}

/**
 * @throws Error that names the first port in use and the variable that moves it
 */
export async function refuseTakenPorts(ports) {
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isPortFree(port))) {
      throw new Error(
        `Port ${port} is in use. Stop what listens there, or set ${PORTS[name].variable} to another port.`,
      );
    }
  }
}

/** Finds ports that nothing listens on, all different. */
export async function findFreePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => listenAnywhere()),
  );
  const ports = servers.map(server => server.address().port);
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}

function listenAnywhere() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve(server));
  });
}
