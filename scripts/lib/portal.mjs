import { join } from 'node:path';
import { toAddresses } from './addresses.mjs';
import { demoSecrets } from './demoSecrets.mjs';
import { refuseTakenPorts } from './freePorts.mjs';
import { PortalRun } from './PortalRun.mjs';
import { demoEnvironment, demoServices } from './services.mjs';

/**
 * Starts the whole demo and waits until it can be used.
 *
 * @param {{ports: object, dataDirectory: string, page: 'development' | 'bundle',
 *   environment?: Record<string, string>, onReady?: (service: {title: string, address: string}) => void,
 *   signal?: AbortSignal}} options - `environment` is added for every program; the signal gives up starting
 * @returns {Promise<{addresses: object, ended: Promise<string>, stop: () => Promise<void>}>} `ended` settles
 *   with the reason when a program ends by itself
 * @throws Error with what to do, after stopping what had started
 */
export async function startPortal(options) {
  const { ports, dataDirectory, page } = options;
  await refuseTakenPorts(ports);
  const setting = { ports, dataDirectory, page, addresses: toAddresses(ports) };
  const environment = {
    ...process.env,
    ...demoSecrets(dataDirectory),
    ...demoEnvironment(setting),
    ...options.environment,
  };
  const run = new PortalRun(environment, join(dataDirectory, 'logs'), options);
  try {
    await run.start(demoServices(setting));
  } catch (error) {
    await run.stop();
    throw error;
  }
  return {
    addresses: setting.addresses,
    ended: run.ended,
    stop: () => run.stop(),
  };
}
