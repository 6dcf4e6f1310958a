import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { findFreePorts, refuseTakenPorts } from '../lib/freePorts.mjs';

async function withListener(use) {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(server.address().port);
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
}

describe('free ports', () => {
  it('refuses a port in use, and says how to move', () =>
    withListener(async port => {
      await assert.rejects(
        refuseTakenPorts({ backend: port }),
        new RegExp(`Port ${port} is in use.*PORTAL_BACKEND_PORT`),
      );
    }));

  it('finds different ports that can be used', async () => {
    const ports = await findFreePorts(4);

    assert.equal(new Set(ports).size, 4);
    await refuseTakenPorts({ backend: ports[0] });
  });
});
