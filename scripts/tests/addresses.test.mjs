import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPorts, toAddresses } from '../lib/addresses.mjs';

describe('ports of the demo', () => {
  it('have a standard that the environment overrides', () => {
    assert.deepEqual(readPorts({ PORTAL_PAGE_PORT: '4000' }), {
      page: 4000,
      backend: 7007,
      sandbox: 7010,
      identityProvider: 7011,
    });
  });

  for (const value of ['0', '65536', '80.5', 'http', '-1']) {
    it(`refuse ${value}, by the name of the variable`, () => {
      assert.throws(
        () => readPorts({ AWS_SANDBOX_PORT: value }),
        /AWS_SANDBOX_PORT must be a port/,
      );
    });
  }

  it('refuse one port for two things', () => {
    assert.throws(
      () => readPorts({ PORTAL_PAGE_PORT: '7007' }),
      /PORTAL_BACKEND_PORT and PORTAL_PAGE_PORT are both 7007/,
    );
  });

  it('give loopback addresses only', () => {
    for (const address of Object.values(toAddresses(readPorts({})))) {
      assert.match(address, /^http:\/\/(localhost|127\.0\.0\.1):\d+$/);
    }
  });
});
