import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { request } from 'node:http';
import { primeSignals } from './primeSignals';

/** Asks for a websocket once; resolves with the status, or with nothing when no answer comes. */
function upgradeOnce(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const attempt = request({
      port,
      host: '127.0.0.1',
      path: '/api/signals',
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
      timeout: 3000,
    });
    attempt.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    attempt.on('timeout', () => attempt.destroy());
    attempt.on('error', () => resolve(undefined));
    attempt.on('close', () => resolve(undefined));
    attempt.end();
  });
}

describe('primeSignals', () => {
  it('answers the first websocket of a person', async () => {
    const logger = mockServices.logger.mock();
    const primed = new Promise<void>(resolve => {
      logger.debug.mockImplementation(message => {
        if (message.includes('primed')) {
          resolve();
        }
      });
    });
    const backend = await startTestBackend({
      features: [logger.factory, signalsPlugin, primeSignals],
    });
    await primed;
    try {
      expect(await upgradeOnce(backend.server.port())).toBe(101);
    } finally {
      await backend.stop();
    }
  });
});
