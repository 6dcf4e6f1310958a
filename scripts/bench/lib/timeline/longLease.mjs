import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Api } from './Api.mjs';
import { rareText, sessionRecords } from './sessionRecords.mjs';
import { deliver, deliveredRecords } from './trailFolder.mjs';
import { until } from './until.mjs';

const REASON = 'Contain the incident of the leaked deployment key';
const DELIVERED_WITHIN_MS = 60_000;
const COMPLETE_WITHIN_MS = 600_000;
/** Calls of the session that are not ours: who it is, and the look whether its end is enforced. */
const MOST_OTHER_CALLS = 20;

/**
 * Makes a lease with many events, through the product from the request to complete evidence.
 *
 * @param {{addresses: object, dataDirectory: string}} portal
 * @param {{events: number, minutes: number, signal: AbortSignal, say: (line: string) => void}} options -
 *   `minutes` for which the lease is held, and over which its calls are spread
 * @returns {Promise<{id: string, total: number, rare: string, reviewer: Api}>} `rare` is a text of one event
 */
export async function makeLongLease(portal, options) {
  const { addresses, dataDirectory } = portal;
  const { events, minutes, signal, say } = options;
  const trail = join(dataDirectory, 'cloudtrail');
  const people = await signInAll(addresses, signal);
  const id = await activeLease(people);
  const from = Date.now();
  const like = await firstCall(people.mary, id, { addresses, trail, signal });
  say(`Holding the lease for ${minutes} min, to spread its calls over them …`);
  const to = from + minutes * 60_000;
  await sleep(Math.max(0, to - Date.now()), undefined, { signal });
  const records = sessionRecords(like, { events, from, to });
  const files = await deliver(trail, records);
  say(`Wrote ${records.length} records in ${files} files; ending the lease …`);
  await people.mary.call(`/v1/leases/${id}/end`, {});
  const total = await completeEvidence(people.rita, id, events, signal);
  return { id, total, rare: rareText(records), reviewer: people.rita };
}

/** The catalog knows its people a moment after the backend is ready. */
async function signInAll(addresses, signal) {
  const people = {};
  for (const name of ['mary', 'daniel', 'rita']) {
    people[name] = await until(
      `Signing ${name} in`,
      { withinMs: 60_000, signal },
      () => Api.of(addresses, name).catch(() => undefined),
    );
  }
  return people;
}

async function activeLease({ mary, daniel }) {
  const lease = await mary.call('/v1/leases', {
    accountRef: 'resource:default/payroll',
    roleId: 'break-glass',
    profileId: 'contain-incident',
    reason: REASON,
    ticket: 'INC-4711',
    durationMinutes: 60,
  });
  await daniel.call(`/v1/leases/${lease.id}/decisions`, {
    verdict: 'approve',
    scopeHash: lease.scopeHash,
    term: lease.term,
  });
  return lease.id;
}

/** Uses the lease once, and returns the record that the trail delivers of it. */
async function firstCall(mary, id, { addresses, trail, signal }) {
  const issued = await mary.call(`/v1/leases/${id}/sessions`, {
    type: 'credentials',
  });
  const { accessKeyId, secretAccessKey, sessionToken } = issued.credentials;
  const sts = new STSClient({
    endpoint: addresses.sandbox,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  return until(
    'The record of the first call',
    { withinMs: DELIVERED_WITHIN_MS, signal },
    async () =>
      deliveredRecords(trail).find(
        ({ userIdentity }) => userIdentity?.accessKeyId === accessKeyId,
      ),
  );
}

/** Waits until the evidence is complete, and holds every event. @returns how many events it has */
async function completeEvidence(rita, id, events, signal) {
  const { counts } = await until(
    'Complete evidence',
    { withinMs: COMPLETE_WITHIN_MS, everyMs: 3000, signal },
    async () => {
      const page = await rita.call(`/v1/leases/${id}/timeline?limit=1`);
      return page.completeness.state === 'complete' && page;
    },
  );
  const others = counts.total - events;
  if (others < 0 || others > MOST_OTHER_CALLS) {
    throw new Error(
      `The evidence has ${counts.total} events where ${events} were written`,
    );
  }
  return counts.total;
}
