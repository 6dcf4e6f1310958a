'use strict';
/**
 * One call to the system's keyring, in a process of its own: the native library blocks its whole process while it waits
 * for a keyring that hangs, and such a process can only be killed from outside.
 *
 * Reads `{ call: 'get' | 'set' | 'remove', service, account, secret? }` as JSON from standard input, and writes
 * `{ value? }`: the secret of `get`, and of `remove` whether something was there. Whatever fails ends with 1, without
 * words: those of the library are for its own people.
 */
const { readFileSync } = require('node:fs');

const HAS_SECRET_SERVICE = !['darwin', 'win32'].includes(process.platform);

try {
  const { Entry, findCredentials } = require('@napi-rs/keyring');
  const request = JSON.parse(readFileSync(0, 'utf8'));
  const { service, account, secret } = request;
  const entry = new Entry(service, account);
  const calls = {
    get() {
      const kept = entry.getPassword();
      // The library says of a Secret Service that is locked, or not there, that it holds no such entry. To list says it.
      if (kept === null && HAS_SECRET_SERVICE) findCredentials(service);
      return kept;
    },
    set: () => entry.setPassword(secret),
    remove: () => entry.deleteCredential(),
  };
  const value = calls[request.call]() ?? undefined;
  process.stdout.write(JSON.stringify({ value }));
} catch {
  process.exitCode = 1;
}
