import { LeaseRequest } from 'backstage-plugin-break-glass-common';
import { aPendingLease, anActiveLease, aRequest } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

const EMERGENCY = { confirmation: 'Payroll' };

describe('an emergency', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;

    const start = async (
      configure?: (section: Record<string, any>) => void,
    ) => {
      const { knex } = await open();
      portal = await startTestPortal({ knex, configure });
    };
    const anEmergency = (change: Partial<LeaseRequest> = {}) =>
      aRequest({ durationMinutes: 30, emergency: EMERGENCY, ...change });
    const refusal = (change: Partial<LeaseRequest> = {}, who = 'mary') =>
      portal.refusal(who, 'requestLease', { body: anEmergency(change) });
    const activate = () =>
      portal.as('mary', 'requestLease', { body: anEmergency() });
    const getLease = (who: string, id: string) =>
      portal.as(who, 'getLease', { params: { id } });
    afterEach(() => portal.stop());

    it('is active at once, labelled, and gives credentials', async () => {
      await start();
      const lease = await activate();
      expect(lease).toMatchObject({
        status: 'active',
        approvalKind: 'emergency',
        approvalsMissing: 0,
        expiresAt: '2026-10-01T12:30:00.000Z',
      });
      const issued = await portal.as('mary', 'createSession', {
        params: { id: lease.id },
        body: { type: 'credentials' },
      });
      expect(issued.type).toBe('credentials');
      const { items } = await portal.as('ada', 'listAudit', {
        query: { leaseId: lease.id, action: 'lease.emergency' },
      });
      expect(items).toHaveLength(1);
    });

    it('is told to all approvers and responders, loudly, and not to its requester', async () => {
      await start();
      await activate();
      await portal.runTask('break-glass-deliver');
      const [{ recipients, payload }] = portal.notifications;
      expect(payload).toMatchObject({ severity: 'critical' });
      expect(payload.title).toMatch(/^Emergency: Mary .* without an approval$/);
      expect(recipients.entityRef).toEqual(
        expect.arrayContaining([
          'user:default/daniel',
          'group:default/incident-responders',
        ]),
      );
      expect(recipients.entityRef).not.toContain('user:default/mary');
    });

    it('can be revoked by each who could have approved it, and by no other', async () => {
      await start();
      const lease = await activate();
      const closing = { params: { id: lease.id }, body: {} };
      expect(await portal.refusal('peter', 'revokeLease', closing)).toBe(
        'not-responder',
      );
      expect((await getLease('mary', lease.id)).actions.revoke.allowed).toBe(
        false,
      );
      expect((await getLease('daniel', lease.id)).actions.revoke.allowed).toBe(
        true,
      );
      const revoked = await portal.as('daniel', 'revokeLease', closing);
      expect(revoked.status).toBe('revoked');
      const usual = await anActiveLease(portal);
      expect(
        await portal.refusal('priya', 'revokeLease', {
          params: { id: usual.id },
          body: {},
        }),
      ).toBe('not-responder');
    });

    it('is off where the policy does not have it, whatever else is asked for', async () => {
      await start();
      expect(
        await refusal({
          accountRef: 'resource:default/payments',
          emergency: { confirmation: 'Payments' },
        }),
      ).toBe('emergency-not-allowed');
      expect(
        await refusal({ roleId: 'break-glass-full', profileId: 'full' }),
      ).toBe('emergency-not-allowed');
    });

    it('is off for the control plane, whatever the policy', async () => {
      await start(section => {
        const twoRoles = section.approvalPolicies.find(
          ({ id }: { id: string }) => id === 'two-roles',
        );
        twoRoles.emergency = {
          maxDuration: { minutes: 30 },
          reviewWithin: { days: 1 },
        };
        section.controlPlaneAccountIds.push('111122223333');
      });
      expect(
        await refusal({ roleId: 'break-glass-full', profileId: 'full' }),
      ).toBe('emergency-not-allowed');
    });

    it.each([
      ['longer than its limit', { durationMinutes: 31 }, 'duration-limit'],
      ['later', { startAt: '2026-10-01T13:00:00.000Z' }, 'invalid-input'],
      [
        'without the confirmation',
        { emergency: { confirmation: '' } },
        'emergency-confirmation',
      ],
      [
        'with another account’s title',
        { emergency: { confirmation: 'Payments' } },
        'emergency-confirmation',
      ],
    ])('is refused %s', async (_what, change, code) => {
      await start();
      expect(await refusal(change)).toBe(code);
    });

    it('is refused to who is not eligible, and to who was stopped', async () => {
      await start();
      expect(await refusal({}, 'peter')).toBe('not-eligible');
      await portal.as('oscar', 'raisePanic', {
        body: {
          target: { kind: 'person', ref: 'user:default/mary' },
          reason: 'Laptop stolen',
        },
      });
      expect(await refusal()).toBe('stopped-by-panic');
    });

    it('begins in a freeze, in which nothing else does', async () => {
      await start(section => {
        section.freezes = [
          {
            id: 'close',
            title: 'Close',
            refuse: true,
            from: '2026-10-01T00:00:00Z',
            to: '2026-10-02T00:00:00Z',
          },
        ];
      });
      expect(
        await portal.refusal('mary', 'requestLease', { body: aRequest() }),
      ).toBe('frozen');
      expect((await activate()).status).toBe('active');
    });

    it('is reviewed sooner, never in a bulk, and blocks the next one while overdue', async () => {
      await start();
      const lease = await activate();
      portal.clock.advance({ minutes: 31 });
      await portal.runTask('break-glass-record-due');
      const over = await getLease('mary', lease.id);
      expect(over.review.dueAt).toBe('2026-10-02T12:30:00.000Z');
      expect((await activate()).status).toBe('active');
      portal.clock.advance({ hours: 25 });
      expect(await refusal()).toBe('review-debt');
      const usual = await aPendingLease(portal);
      expect(usual.status).toBe('pending');
    });

    it('asked for twice with one key is activated once', async () => {
      await start();
      const twice = await Promise.all(
        [1, 2].map(() =>
          portal.as('mary', 'requestLease', {
            body: anEmergency(),
            idempotencyKey: 'once',
          }),
        ),
      );
      expect(twice[0].id).toBe(twice[1].id);
    });
  });
});
