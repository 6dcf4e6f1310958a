#!/usr/bin/env node
/**
 * Measures the review of a lease with many events, in a browser against the whole demo, and ends with 1 where a
 * target is missed.
 *
 * Usage: yarn bench:timeline [--events 50000] [--minutes 2] [--no-build] [--traces <folder>]
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { timeInBrowser } from './lib/timeline/inBrowser.mjs';
import { makeLongLease } from './lib/timeline/longLease.mjs';
import { timeOverHttp } from './lib/timeline/overHttp.mjs';
import { withPrivatePortal } from './lib/timeline/privatePortal.mjs';
import { rowsOf } from './lib/timeline/rows.mjs';

/** Building, starting, collecting, scrolling; the time for which the lease is held comes on top. */
const ALL_WITHIN_MS = 25 * 60_000;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    minutes: { type: 'string', default: '2' },
    'no-build': { type: 'boolean', default: false },
    traces: { type: 'string' },
  },
});

const say = line => process.stdout.write(`${line}\n`);

async function main() {
  const minutes = Number(values.minutes);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.once(name, () => stop.abort(new Error(`Stopped by ${name}`)));
  }
  const timer = setTimeout(
    () => stop.abort(new Error('The benchmark took too long')),
    ALL_WITHIN_MS + minutes * 60_000,
  );
  const { signal } = stop;
  if (values.traces) {
    mkdirSync(values.traces, { recursive: true });
  }
  say('Starting a portal of its own …');
  try {
    return await withPrivatePortal(
      { build: !values['no-build'], signal },
      async portal => {
        const events = Number(values.events);
        const lease = await makeLongLease(portal, {
          ...{ events, minutes, signal, say },
        });
        const http = await timeOverHttp(lease);
        const browser = await timeInBrowser(portal, lease, {
          ...{ traceTo: values.traces, signal, say },
        });
        return print(lease.total, rowsOf(http, browser));
      },
    );
  } finally {
    clearTimeout(timer);
  }
}

/** @returns how many targets were missed */
function print(total, rows) {
  say(`\nA lease with ${total} events; over HTTP the medians of 5.\n`);
  for (const { name, value, target, met } of rows) {
    const verdict = target && (met ? 'met' : 'MISSED');
    say(
      `${name.padEnd(46)}${value.padStart(9)}  ${target.padEnd(8)}${verdict}`,
    );
  }
  return rows.filter(({ met }) => !met).length;
}

main().then(
  missed => process.exit(missed > 0 ? 1 : 0),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
