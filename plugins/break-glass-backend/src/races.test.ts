import { LeaseDetail, LeaseRequest } from 'backstage-plugin-break-glass-common';
import { Knex } from 'knex';
import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from './database/migrate';
import { aRequest, decisionOn } from './testing/aLease';
import { Answer, Replica } from './testing/Replica';
import { addressOf } from './testing/postgresAddress';
import { waitFor } from './testing/waitFor';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Rounds of each race; `yarn nightly` takes 200. */
const ROUNDS = Number(process.env.BREAK_GLASS_RACE_ROUNDS ?? 10);
const HOUR = 3_600_000;
const START = Date.parse('2026-10-01T12:00:00.000Z');

jest.setTimeout(60_000 + ROUNDS * 6_000);

const databases = TestDatabases.create({
  ids: ['POSTGRES_15'],
  disableDocker: true,
});
const there = databases.supports('POSTGRES_15');

/** Names what is skipped, and how to have it run. */
const skipped =
  'is skipped: set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

(there ? describe : describe.skip)(
  there
    ? 'two backend processes on one PostgreSQL'
    : `two backend processes ${skipped}`,
  () => {
    let knex: Knex;
    let folder: string;
    let one: Replica;
    let two: Replica;
    let now = START;
    let made = 0;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'break-glass-'));
      knex = await databases.init('POSTGRES_15');
      await migrate(knex);
      const url = addressOf(knex);
      [one, two] = await Promise.all([
        Replica.start(url, folder),
        Replica.start(url, folder),
      ]);
    });
    afterAll(async () => {
      await Promise.all([one?.kill(), two?.kill()]);
      await knex?.destroy();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Both clocks, the second ahead of the first. */
    const setClocks = async (at: number, ahead = 0) => {
      now = at;
      await Promise.all([one.setClock(at), two.setClock(at + ahead)]);
    };
    const request = (change: Partial<LeaseRequest> = {}) => {
      made += 1;
      return one.as('mary', 'requestLease', {
        body: aRequest({
          profileId: 'unlock-bucket',
          profileParameters: { bucket: `bucket-${made}` },
          durationMinutes: 60,
          ...change,
        }),
      });
    };
    const active = async () => {
      const pending = await request();
      return one.as('daniel', 'decideLease', decisionOn(pending));
    };
    const read = (id: string) => one.as('mary', 'getLease', { params: { id } });
    const done = (answers: Answer<any>[]) =>
      answers.filter(answer => 'done' in answer).length;
    /** How often the audit log has an action of a lease, as done. */
    const audited = async (leaseId: string, action: string) => {
      const [{ total }] = await knex('audit_log')
        .where({ lease_id: leaseId, action, outcome: 'done' })
        .count({ total: '*' });
      return Number(total);
    };
    const rounds = async (race: () => Promise<void>) => {
      for (let round = 0; round < ROUNDS; round++) {
        await setClocks(now + 1_000);
        await race();
      }
    };

    it('pitfall 1: of two approvals at once, one counts', async () => {
      await rounds(async () => {
        const lease = await request();
        const answers = await Promise.all([
          one.ask('daniel', 'decideLease', decisionOn(lease)),
          two.ask('priya', 'decideLease', decisionOn(lease)),
        ]);
        expect(done(answers)).toBe(1);
        const after = await read(lease.id);
        expect(after).toMatchObject({ status: 'active' });
        expect(after.decisions).toHaveLength(1);
        expect(await audited(lease.id, 'lease.decide')).toBe(1);
      });
    });

    it('pitfall 1: of an approval and a rejection at once, one counts', async () => {
      await rounds(async () => {
        const lease = await request();
        const answers = await Promise.all([
          one.ask('daniel', 'decideLease', decisionOn(lease)),
          two.ask('priya', 'decideLease', decisionOn(lease, 'reject')),
        ]);
        expect(done(answers)).toBe(1);
        const { status, decisions } = await read(lease.id);
        expect(decisions).toHaveLength(1);
        expect(status).toBe(
          decisions[0].verdict === 'approve' ? 'active' : 'rejected',
        );
        expect(await audited(lease.id, 'lease.decide')).toBe(1);
      });
    });

    it('pitfall 2: of an approval and a lapse at once, one happens', async () => {
      await rounds(async () => {
        const lease = await request();
        // The second clock is past the time-out, the first is not.
        await setClocks(Date.parse(lease.lapsesAt) - 1_000, 2_000);
        const [answer] = await Promise.all([
          one.ask('daniel', 'decideLease', decisionOn(lease)),
          two.runTask('break-glass-record-due'),
        ]);
        const { status } = await read(lease.id);
        expect(status).toBe('done' in answer ? 'active' : 'lapsed');
        const lapses = await audited(lease.id, 'lease.lapse');
        expect(lapses + (await audited(lease.id, 'lease.decide'))).toBe(1);
      });
    });

    const issuing = (lease: LeaseDetail) =>
      two.ask('mary', 'createSession', {
        params: { id: lease.id },
        body: { type: 'credentials' },
      });
    /** What was given out is on record as given, and the lease is over. */
    const checkIssue = async (
      lease: LeaseDetail,
      issued: Answer<'createSession'>,
      status: string,
    ) => {
      const after = await read(lease.id);
      expect(after.status).toBe(status);
      const given = after.sessions.filter(({ state }) => state === 'issued');
      expect(given).toHaveLength('done' in issued ? 1 : 0);
      expect(
        after.sessions.filter(({ state }) => state === 'issuing'),
      ).toHaveLength(0);
      if (given.length > 0) {
        expect(['requested', 'accepted', 'probed']).toContain(after.kill);
      }
    };

    it('pitfall 10: of an end and an issue at once, nothing gets out that is not killed', async () => {
      await rounds(async () => {
        const lease = await active();
        const [issued] = await Promise.all([
          issuing(lease),
          one.as('mary', 'endLease', { params: { id: lease.id }, body: {} }),
        ]);
        await checkIssue(lease, issued, 'ended');
        expect(await audited(lease.id, 'lease.end')).toBe(1);
      });
    });

    it('pitfall 10: of a revocation and an issue at once, the same', async () => {
      await rounds(async () => {
        const lease = await active();
        const [issued] = await Promise.all([
          issuing(lease),
          one.as('oscar', 'revokeLease', {
            params: { id: lease.id },
            body: {},
          }),
        ]);
        await checkIssue(lease, issued, 'revoked');
        expect(await audited(lease.id, 'lease.revoke')).toBe(1);
      });
    });

    it('of an extension and the end at once, one happens', async () => {
      await rounds(async () => {
        const lease = await active();
        const asked = await one.as('mary', 'requestExtension', {
          params: { id: lease.id },
          body: { minutes: 30, reason: 'The restore takes longer' },
        });
        const [{ id: extensionId, durationMinutes }] = asked.extensions;
        await setClocks(Date.parse(lease.expiresAt!) - 1_000, 2_000);
        const [answer] = await Promise.all([
          one.ask('daniel', 'decideExtension', {
            params: { id: lease.id, extensionId },
            body: {
              verdict: 'approve',
              scopeHash: asked.scopeHash,
              term: { ...asked.term, durationMinutes },
            },
          }),
          two.runTask('break-glass-record-due'),
        ]);
        const { status, expiresAt } = await read(lease.id);
        const extended = 'done' in answer;
        expect(status).toBe(extended ? 'active' : 'expired');
        expect(expiresAt !== lease.expiresAt).toBe(extended);
        const ends = await audited(lease.id, 'lease.expire');
        const longer = await audited(lease.id, 'lease.extension-decide');
        expect(ends + longer).toBe(1);
        await setClocks(now + HOUR);
      });
    });

    it('of an approval and a panic at once, nothing that responders stopped stays active', async () => {
      await rounds(async () => {
        const lease = await request();
        const [answer, panic] = await Promise.all([
          one.ask('daniel', 'decideLease', decisionOn(lease)),
          two.as('oscar', 'raisePanic', {
            body: {
              target: { kind: 'account', ref: lease.account.ref },
              reason: 'Keys of this account were seen elsewhere',
            },
          }),
        ]);
        await waitFor(async () => (await read(lease.id)).status !== 'active');
        const { status, decisions } = await read(lease.id);
        const outcome = 'refused' in answer ? answer.refused : 'approved';
        expect([outcome, status, decisions.length]).toEqual(
          outcome === 'approved'
            ? ['approved', 'revoked', 1]
            : ['stopped-by-panic', 'pending', 0],
        );
        for (const responder of ['oscar', 'nadia']) {
          await one.as(responder, 'liftPanic', {
            params: { id: panic.id },
            body: { reason: 'The keys were rotated' },
          });
        }
        await one.ask('mary', 'cancelLease', {
          params: { id: lease.id },
          body: {},
        });
      });
    });

    it('I6: and the audit log is whole', async () => {
      const { intact } = await one.as('ada', 'verifyAudit', {});
      expect(intact).toBe(true);
    });
  },
);
