import {
  coreServices,
  createBackendModule,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

const ATTEMPTS = 20;
const ANSWER_WITHIN_MS = 300;

/**
 * Opens one websocket at the signals plugin after the start. The plugin begins to listen for upgrades with the
 * first one, which itself stays unanswered: without this it would be that of the first person.
 */
export const primeSignals = createBackendModule({
  pluginId: 'signals',
  moduleId: 'prime',
  register(env) {
    env.registerInit({
      deps: {
        discovery: coreServices.discovery,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
      },
      async init({ discovery, lifecycle, logger }) {
        const url = new URL(await discovery.getBaseUrl('signals'));
        lifecycle.addStartupHook(() => {
          prime(url, logger).catch(error =>
            logger.warn('Priming the signals websocket failed', error),
          );
        });
      },
    });
  },
});

async function prime(url: URL, logger: LoggerService): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await upgrades(url)) {
      logger.debug('The signals websocket is primed');
      return;
    }
  }
  logger.warn(
    'The signals websocket does not open; pages refresh more slowly without it',
  );
}

function upgrades(url: URL): Promise<boolean> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise(resolve => {
    const attempt = request(url, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      },
      timeout: ANSWER_WITHIN_MS,
    });
    attempt.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve(true);
    });
    attempt.on('timeout', () => attempt.destroy());
    attempt.on('close', () => resolve(false));
    attempt.on('error', () => resolve(false));
    attempt.end();
  });
}
