// Brings up the demo: identity provider, sandbox AWS, portal backend and page. Ctrl-C stops all of it.
import { resolve } from 'node:path';
import { readPorts } from './lib/addresses.mjs';
import { startPortal } from './lib/portal.mjs';
import { inRoot } from './lib/root.mjs';

const WHO_TO_SIGN_IN_AS = `Sign in as (one browser profile or private window per person):
  Mary Novak    cloud admin        asks for a lease on the payroll account
  Daniel Weiss  cloud admin        approves it
  Rita Santos   security reviewer  reviews what was done
  Oscar Jensen  responder          explains what no lease explains
  Ada Brandt    auditor            reads the audit log
  Alice Moreau  payroll developer  owns the account`;

async function main() {
  const startedAt = Date.now();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => interrupted.abort(new Error(signal)));
  }
  const portal = await startPortal({
    ports: readPorts(process.env),
    dataDirectory: resolve(process.env.DEMO_DATA_DIRECTORY || inRoot('.data')),
    page: 'development',
    signal: interrupted.signal,
    onReady: ({ title, address }) =>
      console.log(`  ${title.padEnd(18)} ${address}`),
  });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`\nReady after ${seconds} s: ${portal.addresses.page}\n`);
  console.log(`${WHO_TO_SIGN_IN_AS}\n\nCtrl-C stops everything.`);

  const reason = await Promise.race([
    portal.ended,
    aborted(interrupted.signal),
  ]);
  await portal.stop();
  if (!interrupted.signal.aborted) {
    throw new Error(reason);
  }
}

function aborted(signal) {
  return new Promise(done => {
    if (signal.aborted) {
      done();
    }
    signal.addEventListener('abort', () => done(), { once: true });
  });
}

main().then(
  () => process.exit(0),
  error => {
    if (error.message === 'SIGINT' || error.message === 'SIGTERM') {
      process.exit(0);
    }
    console.error(`\nThe demo did not start or ended: ${error.message}`);
    process.exit(1);
  },
);
