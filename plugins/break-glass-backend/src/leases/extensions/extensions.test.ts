import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { anActiveLease } from '../../testing/aLease';
import { describeDatabases } from '../../testing/databases';
import { startTestPortal, TestPortal } from '../../testing/startTestPortal';

jest.setTimeout(60_000);

const REASON = 'The restore takes longer';
const CREDENTIALS = { type: 'credentials' as const };

describe('more time', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;

    const start = async (
      configure?: (section: Record<string, any>) => void,
    ) => {
      const { knex } = await open();
      portal = await startTestPortal({ knex, configure });
      return anActiveLease(portal);
    };
    afterEach(() => portal.stop());

    const asking = (lease: LeaseDetail, minutes = 60) => ({
      params: { id: lease.id },
      body: { minutes, reason: REASON },
    });
    const ask = (lease: LeaseDetail, minutes = 60) =>
      portal.as('mary', 'requestExtension', asking(lease, minutes));
    const deciding = (
      lease: LeaseDetail,
      verdict: 'approve' | 'reject' = 'approve',
    ) => {
      const extension = lease.extensions[lease.extensions.length - 1];
      return {
        params: { id: lease.id, extensionId: extension.id },
        body: {
          verdict,
          scopeHash: lease.scopeHash,
          term: { ...lease.term, durationMinutes: extension.durationMinutes },
        },
      };
    };
    const getLease = (who: string, { id }: { id: string }) =>
      portal.as(who, 'getLease', { params: { id } });
    const queueOf = async (who: string) => {
      const { items } = await portal.as(who, 'listLeases', {
        query: { view: 'approvals' },
      });
      return items.map(({ id }) => id);
    };

    it('is asked for, waits in the queue while the old end stands, and is approved by another', async () => {
      const lease = await start();
      const asked = await ask(lease);
      expect(asked).toMatchObject({
        expiresAt: lease.expiresAt,
        extensionAsked: true,
        extensions: [
          {
            status: 'pending',
            minutes: 60,
            durationMinutes: 180,
            reason: REASON,
          },
        ],
      });
      expect(await queueOf('daniel')).toEqual([lease.id]);
      expect(await queueOf('mary')).toEqual([]);
      const longer = await portal.as(
        'daniel',
        'decideExtension',
        deciding(asked),
      );
      expect(longer).toMatchObject({
        status: 'active',
        expiresAt: '2026-10-01T15:00:00.000Z',
        term: { durationMinutes: 180 },
        extensionAsked: false,
        extensions: [
          { status: 'approved', decisions: [{ by: 'user:default/daniel' }] },
        ],
      });
      expect(await queueOf('daniel')).toEqual([]);
      portal.clock.advance({ minutes: 150 });
      const issued = await portal.as('mary', 'createSession', {
        params: { id: lease.id },
        body: CREDENTIALS,
      });
      expect(Date.parse(issued.session.expiresAt!)).toBeLessThanOrEqual(
        Date.parse(longer.expiresAt!),
      );
      const { items } = await portal.as('ada', 'listAudit', {
        query: { leaseId: lease.id },
      });
      expect(items.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['lease.extend', 'lease.extension-decide']),
      );
    });

    it('ends as before where it is rejected, or nobody decides', async () => {
      const lease = await start();
      const asked = await ask(lease);
      const rejected = await portal.as(
        'daniel',
        'decideExtension',
        deciding(asked, 'reject'),
      );
      expect(rejected).toMatchObject({
        expiresAt: lease.expiresAt,
        extensions: [{ status: 'rejected' }],
      });
      const again = await ask(lease, 30);
      portal.clock.advance({ minutes: 121 });
      const over = await getLease('mary', lease);
      expect(over).toMatchObject({
        status: 'expired',
        extensions: [{}, { status: 'lapsed' }],
      });
      expect(await queueOf('daniel')).toEqual([]);
      expect(
        await portal.refusal('daniel', 'decideExtension', deciding(again)),
      ).toBe('lapsed');
    });

    it('I1: is not decided by the requester, the beneficiary, strangers, nor twice', async () => {
      const lease = await start(section => {
        section.approvalPolicies.find(
          ({ id }: { id: string }) => id === 'second-admin',
        ).steps[0].count = 1;
      });
      const asked = await ask(lease);
      expect(
        await portal.refusal('mary', 'decideExtension', deciding(asked)),
      ).toBe('self-approval');
      expect(
        await portal.refusal('peter', 'decideExtension', deciding(asked)),
      ).toBe('lease-unknown');
      await portal.as('daniel', 'decideExtension', deciding(asked));
      expect(
        await portal.refusal('daniel', 'decideExtension', deciding(asked)),
      ).toBe('already-decided');
    });

    it('I1: takes the whole policy again, not what was given for the lease', async () => {
      const { knex } = await open();
      portal = await startTestPortal({
        knex,
        configure: section => {
          section.approvalPolicies.find(
            ({ id }: { id: string }) => id === 'second-admin',
          ).steps[0].count = 2;
        },
      });
      const pending = await anActiveLease(portal);
      const lease = await portal.as('priya', 'decideLease', {
        params: { id: pending.id },
        body: {
          verdict: 'approve',
          scopeHash: pending.scopeHash,
          term: pending.term,
        },
      });
      const asked = await ask(lease);
      const half = await portal.as(
        'daniel',
        'decideExtension',
        deciding(asked),
      );
      expect(half).toMatchObject({
        expiresAt: lease.expiresAt,
        extensions: [{ status: 'pending', approvalsMissing: 1 }],
      });
      const whole = await portal.as('priya', 'decideExtension', deciding(half));
      expect(whole.extensions[0].status).toBe('approved');
    });

    it('I2: is refused where the page showed another length or scope', async () => {
      const asked = await ask(await start());
      const { params, body } = deciding(asked);
      for (const change of [
        { term: { durationMinutes: 120 } },
        { scopeHash: 'f'.repeat(64) },
      ]) {
        expect(
          await portal.refusal('daniel', 'decideExtension', {
            params,
            body: { ...body, ...change },
          }),
        ).toBe('stale-scope');
      }
    });

    it('is asked for by its requester only, within the role’s maximum, one at a time', async () => {
      const lease = await start();
      expect(
        await portal.refusal('daniel', 'requestExtension', asking(lease)),
      ).toBe('not-requester');
      for (const minutes of [4, 121, 10_000]) {
        expect(
          await portal.refusal(
            'mary',
            'requestExtension',
            asking(lease, minutes),
          ),
        ).toBe('duration-limit');
      }
      const answers = await Promise.allSettled([1, 2, 3].map(() => ask(lease)));
      expect(
        answers.filter(({ status }) => status === 'fulfilled'),
      ).toHaveLength(1);
      expect(
        await portal.refusal('mary', 'requestExtension', asking(lease)),
      ).toBe('conflict');
    });

    it('is taken back, and nothing is left to decide', async () => {
      const asked = await ask(await start());
      const { params } = deciding(asked);
      expect(
        await portal.refusal('daniel', 'cancelExtension', { params, body: {} }),
      ).toBe('not-requester');
      const back = await portal.as('mary', 'cancelExtension', {
        params,
        body: {},
      });
      expect(back).toMatchObject({
        extensionAsked: false,
        extensions: [{ status: 'cancelled' }],
      });
      expect(
        await portal.refusal('daniel', 'decideExtension', deciding(asked)),
      ).toBe('wrong-status');
      expect(
        await portal.refusal('mary', 'cancelExtension', { params, body: {} }),
      ).toBe('conflict');
    });

    it('is nothing for an emergency, nor for a lease that is over or was stopped', async () => {
      const lease = await start();
      const urgent = await portal.as('mary', 'requestLease', {
        body: {
          accountRef: 'resource:default/payroll',
          roleId: 'break-glass',
          profileId: 'read-everything',
          profileParameters: {},
          reason: REASON,
          ticket: 'SUP-1',
          durationMinutes: 30,
          emergency: { confirmation: 'Payroll' },
        },
      });
      expect(
        await portal.refusal('mary', 'requestExtension', asking(urgent, 10)),
      ).toBe('emergency-not-allowed');
      await portal.as('mary', 'endLease', {
        params: { id: lease.id },
        body: {},
      });
      expect(
        await portal.refusal('mary', 'requestExtension', asking(lease)),
      ).toBe('wrong-status');
    });

    it('pitfall 1: of approve and reject at once, one happens', async () => {
      const asked = await ask(await start());
      const answers = await Promise.allSettled([
        portal.as('daniel', 'decideExtension', deciding(asked)),
        portal.as('priya', 'decideExtension', deciding(asked, 'reject')),
      ]);
      expect(
        answers.filter(({ status }) => status === 'fulfilled'),
      ).toHaveLength(1);
      const { extensions, expiresAt } = await getLease('mary', asked);
      const grew = expiresAt !== asked.expiresAt;
      expect(extensions[0].status).toBe(grew ? 'approved' : 'rejected');
    });

    it('ending the lease meanwhile wins over an approval', async () => {
      const asked = await ask(await start());
      await portal.as('mary', 'endLease', {
        params: { id: asked.id },
        body: {},
      });
      expect(
        await portal.refusal('daniel', 'decideExtension', deciding(asked)),
      ).toBe('lapsed');
    });

    it('I8: who approved it does not review the lease, and may revoke it', async () => {
      const lease = await start(section => {
        section.reviewers.groups.push('cloud-admins');
      });
      const asked = await ask(lease);
      await portal.as('priya', 'decideExtension', deciding(asked));
      const seen = await getLease('priya', lease);
      expect(seen.actions.revoke.allowed).toBe(true);
      await portal.as('mary', 'endLease', {
        params: { id: lease.id },
        body: {},
      });
      const over = await getLease('priya', lease);
      expect(over.actions.review.reasons.map(({ code }) => code)).toContain(
        'approver-review',
      );
    });
  });
});
