import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { LeaseDetail } from 'backstage-plugin-break-glass-common';
import { anActiveLease } from '../testing/aLease';
import { awsAs } from '../testing/awsAs';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(120_000);

describeDatabases((_name, open) => {
  let portal: TestPortal;
  beforeEach(async () => {
    portal = await startTestPortal({ knex: (await open()).knex });
  });
  afterEach(() => portal.stop());

  const of = (id: string) => ({ params: { id } });

  /** A lease of Mary's, used from a shell and the console, ended and killed. */
  async function aUsedLease(): Promise<LeaseDetail> {
    const lease = await anActiveLease(portal);
    const issue = (type: 'credentials' | 'console') =>
      portal.as('mary', 'createSession', { ...of(lease.id), body: { type } });
    const issued = await issue('credentials');
    await awsAs(portal, issued).s3().send(new ListBucketsCommand({}));
    portal.clock.advance({ seconds: 5 });
    const viaConsole = await issue('console');
    if (viaConsole.type === 'console') {
      await fetch(viaConsole.consoleUrl);
    }
    portal.clock.advance({ seconds: 5 });
    await portal.as('mary', 'endLease', { ...of(lease.id), body: {} });
    await waitFor(async () => {
      const { kill } = await portal.as('mary', 'getLease', of(lease.id));
      return kill === 'probed';
    });
    return lease;
  }

  async function lookAgain(id: string, minutes: number) {
    portal.clock.advance({ minutes });
    await portal.sandbox.deliverNow();
    return portal.as('rita', 'collectActivity', of(id));
  }

  const verdict = (evidenceHash: string, override?: string) => ({
    verdict: 'accepted' as const,
    comment: 'Matches SUP-1234',
    checklist: {
      ended: true,
      matchesReason: true,
      rotated: true,
      lessons: true,
    },
    followUps: [],
    evidenceHash,
    override,
  });

  describe('reviewing', () => {
    it('goes from collecting to complete to accepted', async () => {
      const { id } = await aUsedLease();
      const arriving = await lookAgain(id, 0.5);
      expect(arriving.state).toBe('collecting');
      const early = await portal.as('rita', 'listActivity', {
        ...of(id),
        query: {},
      });
      expect(
        await portal.refusal('rita', 'reviewLease', {
          ...of(id),
          body: verdict(early.evidenceHash),
        }),
      ).toBe('evidence-incomplete');

      const complete = await lookAgain(id, 2);
      expect(complete).toMatchObject({
        state: 'complete',
        sessionsMissing: [],
        unreadable: [],
        regions: expect.arrayContaining(['eu-central-1']),
      });
      expect(complete.words).not.toContain('unbrokered');
      const { evidenceHash, items } = await portal.as('rita', 'listActivity', {
        ...of(id),
        query: {},
      });
      expect(items.map(item => item.action)).toContain('ListBuckets');
      expect(
        await portal.refusal('rita', 'reviewLease', {
          ...of(id),
          body: verdict(early.evidenceHash),
        }),
      ).toBe('evidence-changed');

      const reviewed = await portal.as('rita', 'reviewLease', {
        ...of(id),
        body: verdict(evidenceHash),
      });
      expect(reviewed.review.state).toBe('accepted');
      expect(reviewed.reviews).toMatchObject([{ by: 'user:default/rita' }]);
      expect(reviewed.actions.review.allowed).toBe(false);
    });

    it('what the console did under the lease is attributed to its session', async () => {
      const { id } = await aUsedLease();
      await lookAgain(id, 2);
      const { items } = await portal.as('rita', 'listActivity', {
        ...of(id),
        query: {},
      });
      const { sessions } = await portal.as('rita', 'getLease', of(id));
      const viaConsole = sessions.find(session => session.type === 'console');
      const signIn = items.find(item => item.action === 'ConsoleLogin');
      expect(signIn).toMatchObject({
        viaConsole: true,
        sessionId: viaConsole?.id,
      });
    });

    it('I8: who may not review is refused over HTTP, whatever their page shows', async () => {
      const { id } = await aUsedLease();
      await lookAgain(id, 2);
      const { evidenceHash } = await portal.as('rita', 'listActivity', {
        ...of(id),
        query: {},
      });
      const body = verdict(evidenceHash);
      const attempts = ['mary', 'alice', 'daniel', 'carla'].map(person =>
        portal.refusal(person, 'reviewLease', { ...of(id), body }),
      );
      expect(await Promise.all(attempts)).toEqual([
        'self-review',
        'self-review',
        'not-reviewer',
        'not-reviewer',
      ]);
      const { items } = await portal.as('ada', 'listAudit', {
        query: { leaseId: id, action: 'review.accepted' },
      });
      expect(items.map(entry => entry.outcome)).toEqual([
        'refused',
        'refused',
        'refused',
        'refused',
      ]);
    });

    it('pitfall 22: a person may read only the activity of leases that they may read', async () => {
      const { id } = await aUsedLease();
      await lookAgain(id, 2);
      const { items } = await portal.as('rita', 'listActivity', {
        ...of(id),
        query: {},
      });
      const [event] = items;
      const asPeter = [
        portal.refusal('peter', 'listActivity', { ...of(id), query: {} }),
        portal.refusal('peter', 'getTimeline', { ...of(id), query: {} }),
        portal.refusal('peter', 'collectActivity', of(id)),
        portal.refusal('peter', 'getActivityRecord', {
          params: { id, eventId: event.id },
        }),
      ];
      expect(await Promise.all(asPeter)).toEqual(
        Array(4).fill('lease-unknown'),
      );
      const own = await portal.as('alice', 'listActivity', {
        ...of(id),
        query: {},
      });
      expect(own.items).toHaveLength(items.length);
    });
  });
});
