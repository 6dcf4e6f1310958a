/** The ports of the demo, each with the variable that moves it. All are on the loopback address. */
export const PORTS = {
  page: { variable: 'PORTAL_PAGE_PORT', standard: 3000 },
  backend: { variable: 'PORTAL_BACKEND_PORT', standard: 7007 },
  sandbox: { variable: 'AWS_SANDBOX_PORT', standard: 7010 },
  identityProvider: { variable: 'IDENTITY_PROVIDER_PORT', standard: 7011 },
};

/**
 * Reads the ports from the environment.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {{page: number, backend: number, sandbox: number, identityProvider: number}}
 * @throws Error that names the variable whose value is not a port, or that two things share one
 */
export function readPorts(environment) {
  const ports = {};
  const users = new Map();
  for (const [name, { variable, standard }] of Object.entries(PORTS)) {
    const text = environment[variable];
    const port = text ? Number(text) : standard;
    if (!Number.isInteger(port) || port < 1 || port > 65535) {
      throw new Error(
        `${variable} must be a port from 1 to 65535, got ${text}`,
      );
    }
    if (users.has(port)) {
      throw new Error(`${variable} and ${users.get(port)} are both ${port}`);
    }
    users.set(port, variable);
    ports[name] = port;
  }
  return ports;
}

/**
 * The addresses that follow from the ports. With one port for page and backend, the backend serves the page.
 */
export function toAddresses({ page, backend, sandbox, identityProvider }) {
  return {
    page: `http://localhost:${page}`,
    backend: `http://localhost:${backend}`,
    sandbox: `http://127.0.0.1:${sandbox}`,
    identityProvider: `http://localhost:${identityProvider}`,
  };
}
