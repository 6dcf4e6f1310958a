// Playwright's global set-up: builds the page, and starts the whole demo on free ports with data of its own.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildPage } from './lib/buildPage.mjs';
import { findFreePorts } from './lib/freePorts.mjs';
import { startPortal } from './lib/portal.mjs';
import { inRoot } from './lib/root.mjs';

/** How long the sandbox waits with its log files; real AWS takes minutes. */
const DELIVERY_SECONDS = '1';

export default async function startForBrowserTests() {
  const dataDirectory = resolve(
    process.env.E2E_DATA_DIRECTORY || inRoot('.data/browser-tests'),
  );
  rmSync(dataDirectory, { recursive: true, force: true });
  await buildPage(join(dataDirectory, 'logs', 'build.log'));
  const [backend, sandbox, identityProvider] = await findFreePorts(3);
  const portal = await startPortal({
    // One port for page and API, as in production.
    ports: { page: backend, backend, sandbox, identityProvider },
    page: 'bundle',
    dataDirectory,
    environment: { AWS_SANDBOX_DELIVERY_DELAY_SECONDS: DELIVERY_SECONDS },
  });
  Object.assign(process.env, {
    E2E_PAGE_URL: portal.addresses.page,
    E2E_BACKEND_URL: portal.addresses.backend,
    E2E_SANDBOX_URL: portal.addresses.sandbox,
    E2E_DATA_DIRECTORY: dataDirectory,
  });
  return () => portal.stop();
}
