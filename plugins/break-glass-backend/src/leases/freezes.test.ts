import {
  aPendingLease,
  anActiveLease,
  aRequest,
  decisionOn,
} from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';

jest.setTimeout(60_000);

/** Of the hour after the tests' noon. */
const HOUR = { from: '2026-10-01T13:00:00Z', to: '2026-10-01T14:00:00Z' };
const WAITS_FOR_ITS_END = ['frozen', 'rejected', 'active'];
const AFTER = '2026-10-01T14:00:00.000Z';

describe('freezes', () => {
  describeDatabases((_name, open) => {
    let portal: TestPortal;

    const start = async (freeze: Record<string, unknown>) => {
      const { knex } = await open();
      portal = await startTestPortal({
        knex,
        configure: section => {
          section.freezes = [
            { id: 'close', title: 'Year-end close', ...freeze },
          ];
        },
      });
    };
    const intoTheFreeze = () => portal.clock.advance({ hours: 1 });
    /** On requests from before the freeze: an approval and a rejection in it, and an approval after it. */
    const whatCanBeDecided = async () => {
      const lease = await aPendingLease(portal);
      const other = await aPendingLease(portal, {
        profileId: 'read-everything',
      });
      intoTheFreeze();
      const approving = decisionOn(lease);
      const inIt = await portal.refusal('daniel', 'decideLease', approving);
      const rejection = decisionOn(other, 'reject');
      const rejected = await portal.as('daniel', 'decideLease', rejection);
      portal.clock.advance({ hours: 1 });
      const approved = await portal.as('daniel', 'decideLease', approving);
      return [inIt, rejected.status, approved.status];
    };
    afterEach(() => portal.stop());

    it('refuse requests, say until when, and take a start after it', async () => {
      await start({ ...HOUR, refuse: true });
      await aPendingLease(portal, { durationMinutes: 60 });
      intoTheFreeze();
      const body = aRequest({ profileId: 'read-everything' });
      expect(await portal.refusal('mary', 'requestLease', { body })).toBe(
        'frozen',
      );
      const { problems } = await portal.as('mary', 'previewLease', { body });
      expect(problems).toMatchObject([{ field: 'startAt', code: 'frozen' }]);
      expect(problems[0].message).toContain(
        'Year-end close, until Thursday, 1 October 2026, 14:00 of UTC',
      );
      const later = await aPendingLease(portal, { ...body, startAt: AFTER });
      const scheduled = await portal.as(
        'daniel',
        'decideLease',
        decisionOn(later),
      );
      expect(scheduled.status).toBe('scheduled');
      const account = await portal.as('mary', 'getAccount', {
        params: { kind: 'resource', namespace: 'default', name: 'payroll' },
      });
      const role = account.roles.find(({ id }) => id === 'break-glass');
      expect(role?.frozen).toContain('Year-end close');
      expect(role?.eligible.allowed).toBe(true);
    });

    it('refuse a start that lies in it, also before it', async () => {
      await start({ ...HOUR, refuse: true });
      const body = aRequest({ startAt: '2026-10-01T13:30:00.000Z' });
      expect(await portal.refusal('mary', 'requestLease', { body })).toBe(
        'frozen',
      );
    });

    it('let nobody approve what was asked before, but reject; and approve after it', async () => {
      await start({ ...HOUR, refuse: true });
      expect(await whatCanBeDecided()).toEqual(WAITS_FOR_ITS_END);
    });

    it('leave alone what is active', async () => {
      await start({ ...HOUR, refuse: true });
      const lease = await anActiveLease(portal);
      intoTheFreeze();
      const issued = await portal.as('mary', 'createSession', {
        params: { id: lease.id },
        body: { type: 'credentials' },
      });
      expect(issued.type).toBe('credentials');
    });

    it('add a step, which its people find in their queue and decide', async () => {
      await start({
        ...HOUR,
        step: {
          title: 'Duty manager',
          from: { groups: ['senior-management'] },
        },
      });
      intoTheFreeze();
      const lease = await aPendingLease(portal);
      expect(lease.steps.map(({ id }) => id)).toEqual([
        'second-admin',
        'freeze-close',
      ]);
      const after = await portal.as('daniel', 'decideLease', decisionOn(lease));
      expect(after).toMatchObject({ status: 'pending', approvalsMissing: 1 });
      const manager = lease.steps[1].candidates[0].ref.split('/')[1];
      const { items } = await portal.as(manager, 'listLeases', {
        query: { view: 'approvals' },
      });
      expect(items.map(({ id }) => id)).toEqual([lease.id]);
      const approved = await portal.as(
        manager,
        'decideLease',
        decisionOn(after),
      );
      expect(approved.status).toBe('active');
    });

    it('I2: let nobody approve without that step what was asked before it began', async () => {
      await start({
        ...HOUR,
        step: {
          title: 'Duty manager',
          from: { groups: ['senior-management'] },
        },
      });
      expect(await whatCanBeDecided()).toEqual(WAITS_FOR_ITS_END);
    });
  });
});
