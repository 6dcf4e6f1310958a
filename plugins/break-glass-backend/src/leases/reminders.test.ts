import { aPendingLease, aRequest, decisionOn } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { dueOf } from './ApprovalReminders';

jest.setTimeout(60_000);

const MINUTE = 60_000;

describe('what is due for a request', () => {
  const times = { remindAfterMinutes: 30, escalateAfterMinutes: 120 };
  const row = { requestedAt: 0 };

  it.each([
    [29, {}, undefined],
    [30, {}, 'remind'],
    [89, { approvalRemindedAt: 30 * MINUTE, approvalReminders: 1 }, undefined],
    [90, { approvalRemindedAt: 30 * MINUTE, approvalReminders: 1 }, 'remind'],
    [
      120,
      { approvalRemindedAt: 90 * MINUTE, approvalReminders: 2 },
      'escalate',
    ],
    [
      121,
      {
        approvalRemindedAt: 90 * MINUTE,
        approvalReminders: 2,
        approvalEscalatedAt: 120 * MINUTE,
      },
      undefined,
    ],
  ])('after %s min, %j: %s', (minutes, change, expected) => {
    expect(dueOf({ ...row, ...change }, times, minutes * MINUTE)).toBe(
      expected,
    );
  });
});

describe('reminders and limits', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;

    const start = async (section: Record<string, unknown>) => {
      const { knex } = await open();
      portal = await startTestPortal({
        knex,
        configure: config => Object.assign(config, section),
      });
    };
    const told = async () => {
      portal.notifications.length = 0;
      await portal.runTask('break-glass-remind');
      await portal.runTask('break-glass-deliver');
      return portal.notifications.map(({ recipients, payload }) => [
        payload.title,
        recipients.entityRef,
      ]);
    };
    const bucket = (index: number) =>
      aRequest({
        profileId: 'unlock-bucket',
        profileParameters: { bucket: `bucket-${index}` },
      });
    const aBucket = (index: number) =>
      portal.as('mary', 'requestLease', { body: bucket(index) });
    afterEach(() => portal.stop());

    it('remind those who can still decide, with back-off, and tell a second group once', async () => {
      await start({
        approvals: {
          remindAfter: { minutes: 30 },
          escalateAfter: { hours: 2 },
          escalateTo: { groups: ['incident-responders'] },
        },
      });
      const lease = await aPendingLease(portal);
      await portal.runTask('break-glass-deliver');
      expect(await told()).toEqual([]);
      portal.clock.advance({ minutes: 31 });
      const [[title, recipients]] = await told();
      expect(title).toContain('waits for you');
      expect(recipients).toContain('user:default/daniel');
      expect(recipients).not.toContain('user:default/mary');
      expect(await told()).toEqual([]);
      portal.clock.advance({ minutes: 90 });
      const [[escalated, others]] = await told();
      expect(escalated).toContain('Nobody has decided');
      expect(others).toEqual(['group:default/incident-responders']);
      await portal.as('daniel', 'decideLease', decisionOn(lease));
      portal.clock.advance({ hours: 4 });
      const after = await told();
      expect(after.map(([words]) => words).join()).not.toContain(
        'waits for you',
      );
    });

    it('pitfall 41: a flood of requests of one person is capped, and keeps no other waiting', async () => {
      await start({ limits: { requestsPerHour: 3 } });
      const atOnce = await Promise.all(
        [1, 2, 3, 4, 5].map(index =>
          portal.refusal('mary', 'requestLease', { body: bucket(index) }),
        ),
      );
      expect(atOnce.filter(code => code === undefined)).toHaveLength(3);
      expect(atOnce.filter(code => code === 'rate-limited')).toHaveLength(2);
      const other = await aPendingLease(portal, {}, 'daniel');
      expect(other.status).toBe('pending');
      portal.clock.advance({ minutes: 61 });
      expect((await aBucket(6)).status).toBe('pending');
    });

    it('pitfall 41: so are sessions, of leases and of standing roles together', async () => {
      await start({ limits: { sessionsPerHour: 2 } });
      const standing = () =>
        portal.refusal('alice', 'createStandingSession', {
          params: { kind: 'resource', namespace: 'default', name: 'payroll' },
          body: { roleId: 'read-only', type: 'credentials' },
        });
      const atOnce = await Promise.all([standing(), standing(), standing()]);
      expect(atOnce.filter(code => code === undefined)).toHaveLength(2);
      expect(atOnce.filter(code => code === 'rate-limited')).toHaveLength(1);
      portal.clock.advance({ minutes: 61 });
      expect(await standing()).toBeUndefined();
    });
  });
});
