import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../../../lib/buildPage.mjs';
import { findFreePorts } from '../../../lib/freePorts.mjs';
import { startPortal } from '../../../lib/portal.mjs';

/** How long the sandbox waits with its log files; real AWS takes minutes. */
const DELIVERY_SECONDS = '1';

/**
 * Builds the page, starts the whole demo on free ports with data of its own, and removes all of it afterwards.
 *
 * @param {{build: boolean, signal: AbortSignal}} options - without `build`, the page that was built last is served
 * @param {(portal: {addresses: object, dataDirectory: string}) => Promise<T>} use
 * @returns {Promise<T>}
 * @template T
 */
export async function withPrivatePortal({ build, signal }, use) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'break-glass-timeline-'));
  let portal;
  try {
    if (build) {
      await buildPage(join(dataDirectory, 'logs', 'build.log'));
    }
    const [backend, sandbox, identityProvider] = await findFreePorts(3);
    portal = await startPortal({
      // One port for page and API, as in production.
      ports: { page: backend, backend, sandbox, identityProvider },
      page: 'bundle',
      dataDirectory,
      environment: { AWS_SANDBOX_DELIVERY_DELAY_SECONDS: DELIVERY_SECONDS },
      signal,
    });
    const died = portal.ended.then(reason => {
      throw new Error(reason);
    });
    return await Promise.race([
      use({ addresses: portal.addresses, dataDirectory }),
      died,
    ]);
  } finally {
    await portal?.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}
