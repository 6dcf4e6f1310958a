import { Knex } from 'knex';
import { TestDatabases } from '@backstage/backend-test-utils';
import { setTimeout as delay } from 'timers/promises';
import { migrate } from './database/migrate';
import { aRequest, decisionOn } from './testing/aLease';
import { Replica } from './testing/Replica';
import { waitFor } from './testing/waitFor';
import { addressOf } from './testing/postgresAddress';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Kills; `yarn nightly` takes 20. */
const KILLS = Number(process.env.BREAK_GLASS_KILLS ?? 2);
const CLIENTS = 4;
/** Longest time under load before a kill, in milliseconds. */
const LOAD_MS = 1_500;

jest.setTimeout(60_000 + KILLS * 40_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_15'],
  disableDocker: true,
});
const there = databases.supports('POSTGRES_15');

(there ? describe : describe.skip)(
  there
    ? 'a backend on PostgreSQL that is killed under load'
    : 'a backend that is killed is skipped: set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING',
  () => {
    let knex: Knex;
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'break-glass-'));
      knex = await databases.init('POSTGRES_15');
      await migrate(knex);
    });
    afterAll(async () => {
      await knex?.destroy();
      rmSync(folder, { recursive: true, force: true });
    });

    it('pitfall 26: loses nothing and repeats nothing: states, audit log and messages agree', async () => {
      let replica = await Replica.start(addressOf(knex), folder);
      let made = 0;
      const live = async (mine: Replica) => {
        for (;;) {
          made += 1;
          const bucket = `bucket-${made}`;
          const lease = await mine.as('mary', 'requestLease', {
            body: aRequest({
              profileId: 'unlock-bucket',
              profileParameters: { bucket },
            }),
          });
          await mine.as('daniel', 'decideLease', decisionOn(lease));
          await mine.as('mary', 'endLease', {
            params: { id: lease.id },
            body: {},
          });
        }
      };
      const isBusy = (leases: number) =>
        waitFor(async () => made >= leases, 60_000);
      for (let kill = 0; kill < KILLS; kill++) {
        const mine = replica;
        const clients = Array.from({ length: CLIENTS }, () =>
          live(mine).catch(() => 'killed'),
        );
        // Every client is past its first lease, however slow the machine is.
        await isBusy(made + 2 * CLIENTS);
        await delay(Math.random() * LOAD_MS);
        await mine.kill();
        await Promise.all(clients);
        replica = await Replica.start(addressOf(knex), folder);
      }
      try {
        const { intact, problems } = await replica.as('ada', 'verifyAudit', {});
        expect({ intact, problems }).toEqual({ intact: true, problems: [] });
        expect(await disagreements(knex)).toEqual([]);
        // What a dead process had claimed is free again a little later.
        await replica.setClock(Date.parse('2026-10-01T13:00:00Z'));
        for (const lane of ['', '-kills', '-collects']) {
          await replica.runTask(`break-glass-deliver${lane}`);
        }
        // What they tell others is delivered beside them.
        await waitFor(async () => {
          const waiting = await knex('outbox')
            .whereNull('delivered_at')
            .whereIn('kind', ['notification', 'signal'])
            .count({ total: '*' });
          return Number(waiting[0].total) === 0;
        });
      } finally {
        await replica.kill();
      }
    });
  },
);

/** Leases whose state is not what the audit log and the messages say (I5). */
async function disagreements(knex: Knex): Promise<string[]> {
  const leases = await knex('leases').select('id', 'status');
  const entries = await knex('audit_log')
    .select('lease_id', 'action')
    .where('outcome', 'done');
  const messages = await knex('outbox').select('kind', 'message');
  const wanted: Record<string, string[]> = {
    pending: ['lease.request'],
    approved: ['lease.decide', 'lease.request'],
    ended: ['lease.decide', 'lease.end', 'lease.request'],
  };
  expect(leases.length).toBeGreaterThan(KILLS);
  return leases.flatMap(({ id, status }) => {
    const actions = entries
      .filter(entry => entry.lease_id === id)
      .map(({ action }) => String(action))
      .filter(action => /^lease\.(request|decide|end)$/.test(action))
      .sort();
    const kills = messages.filter(
      ({ kind, message }) => kind === 'kill' && message.includes(id),
    ).length;
    const agrees =
      JSON.stringify(actions) === JSON.stringify(wanted[status]) &&
      kills === (status === 'ended' ? 1 : 0);
    return agrees ? [] : [`${id} ${status} ${actions} ${kills}`];
  });
}
