import { ResidueDecision } from 'backstage-plugin-break-glass-common';
import { callOf } from '../../activity/collectorTesting';
import { describeDatabases } from '../../testing/databases';
import { aLeaseToReview, people } from '../reviewTesting';
import { ReviewRules } from '../ReviewRules';
import { ResidueService } from './ResidueService';

jest.setTimeout(60_000);

const CREATE_USER = {
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  eventID: 'made',
  requestParameters: { userName: 'ci' },
};
const GONE: ResidueDecision = { state: 'removed', comment: 'Deleted by hand' };

describeDatabases((_name, open) => {
  /** A lease that left a user behind, as a look found it. */
  async function aUserLeft() {
    const portal = await aLeaseToReview(await open());
    const { source, session, clock, collector, database, lease } = portal;
    source.records.push(callOf(session, CREATE_USER));
    clock.advance({ minutes: 1 });
    await collector.collectNow(lease.id);
    const [item] = await database.residue.ofLease(lease.id);
    const deps = { ...portal, people, ids: { next: () => 'id' } };
    const service = new ResidueService(deps, new ReviewRules(deps));
    const decide = (
      name: string,
      decision: ResidueDecision = GONE,
      key = item.key,
    ) =>
      service.decide({ ref: `user:default/${name}` }, lease.id, key, decision);
    const openCount = async () =>
      (await database.evidence.get(lease.id))!.residueOpen;
    const hash = async () => (await database.evidence.get(lease.id))!.hash;
    return { ...portal, item, decide, openCount, hashNow: hash };
  }

  describe('ResidueService', () => {
    it('I14: what was left behind keeps a review from being accepted until a reviewer settles it', async () => {
      const { item, give, decide, openCount, hashNow } = await aUserLeft();
      expect(item).toMatchObject({ what: 'User ci', state: 'open' });
      expect(await openCount()).toBe(1);
      const evidenceHash = await hashNow();
      await expect(give('rita', { evidenceHash })).rejects.toMatchObject({
        code: 'residue-open',
      });

      expect(await decide('rita')).toMatchObject({
        key: item.key,
        state: 'removed',
        comment: 'Deleted by hand',
        by: 'user:default/rita',
      });
      expect(await openCount()).toBe(0);
      expect(await hashNow()).toBe(evidenceHash);
      await give('rita', { evidenceHash });
    });

    it('the audit log has what was decided, and on what', async () => {
      const { item, decide, auditOf } = await aUserLeft();
      await decide('rita', { state: 'justified', comment: 'Asked for' });
      await decide('oscar');
      const entries = (await auditOf()).slice(0, 2);
      expect(entries).toEqual([
        expect.objectContaining({
          actor: 'user:default/oscar',
          details: expect.objectContaining({
            before: 'justified',
            state: 'removed',
          }),
        }),
        expect.objectContaining({
          actor: 'user:default/rita',
          action: 'residue.decide',
          outcome: 'done',
          details: {
            key: item.key,
            kind: 'principal',
            what: 'User ci',
            eventId: 'made',
            before: 'open',
            state: 'justified',
            comment: 'Asked for',
          },
        }),
      ]);
    });

    it.each([
      ['mary', 'self-review'],
      ['alice', 'self-review'],
      ['daniel', 'approver-review'],
      ['carla', 'not-reviewer'],
      ['nobody', 'person-unknown'],
    ])('I8: %s settles nothing: %s, audited', async (name, code) => {
      const { database, lease, decide, auditOf, openCount } = await aUserLeft();
      await expect(decide(name)).rejects.toMatchObject({ code });
      const [item] = await database.residue.ofLease(lease.id);
      expect(item.state).toBe('open');
      expect(await openCount()).toBe(1);
      expect((await auditOf())[0]).toMatchObject({
        actor: `user:default/${name}`,
        action: 'residue.decide',
        outcome: 'refused',
        code,
      });
    });

    it('after the verdict nothing is settled any more', async () => {
      const { decide, give, hashNow } = await aUserLeft();
      await decide('rita');
      await give('rita', { evidenceHash: await hashNow() });
      await expect(
        decide('oscar', { state: 'justified', comment: 'Later' }),
      ).rejects.toMatchObject({ name: 'ConflictError', code: 'not-in-review' });
    });

    it('evidence that is frozen refuses the decision, whatever the review says', async () => {
      const { database, lease, decide, clock } = await aUserLeft();
      const evidence = (await database.evidence.get(lease.id))!;
      await database.evidence.put({ ...evidence, frozenAt: clock.now() });
      await expect(decide('rita')).rejects.toMatchObject({ code: 'conflict' });
      const [item] = await database.residue.ofLease(lease.id);
      expect(item.state).toBe('open');
    });

    it('what the lease itself removed is not to be settled, nor what it never made', async () => {
      const { database, lease, item, decide } = await aUserLeft();
      await expect(decide('rita', GONE, 'f'.repeat(64))).rejects.toMatchObject({
        name: 'NotFoundError',
        code: 'residue-unknown',
      });
      await database.residue.put(lease.id, [{ ...item, state: 'gone' }]);
      await expect(decide('rita')).rejects.toMatchObject({ code: 'conflict' });
    });

    it('a decision and a verdict at the same moment: one of them goes by the other', async () => {
      const { decide, give, hashNow, database, lease, item } =
        await aUserLeft();
      const evidenceHash = await hashNow();
      const [decided, verdict] = await Promise.allSettled([
        decide('rita'),
        give('oscar', { evidenceHash }),
      ]);
      const now = (await database.leases.get(lease.id))!;
      const [after] = await database.residue.ofLease(lease.id);
      expect(after.key).toBe(item.key);
      expect(now.reviewState === 'accepted').toBe(
        verdict.status === 'fulfilled',
      );
      expect(after.state === 'removed').toBe(decided.status === 'fulfilled');
      expect(now.reviewState === 'accepted' && after.state === 'open').toBe(
        false,
      );
    });

    it('a decision stays when a later look finds the item again', async () => {
      const { decide, collector, clock, database, lease } = await aUserLeft();
      await decide('rita', { state: 'justified', comment: 'Asked for' });
      clock.advance({ minutes: 1 });
      await collector.collectNow(lease.id);
      const [item] = await database.residue.ofLease(lease.id);
      expect(item).toMatchObject({ state: 'justified', comment: 'Asked for' });
    });
  });
});
