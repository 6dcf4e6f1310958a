import { callOf } from '../activity/collectorTesting';
import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, NOON } from '../testing/rows';
import {
  aLeaseToReview,
  aRequest,
  flagged,
  people,
  person,
  reviewing,
} from './reviewTesting';

jest.setTimeout(60_000);

const MINUTE = 60_000;

describeDatabases((_name, open) => {
  /** A lease with complete evidence of one call, approved by Daniel. */
  const setUp = async (at?: number) => aLeaseToReview(await open(), at);

  describe('ReviewService', () => {
    it('a verdict closes the review, freezes the evidence, and is told and audited', async () => {
      const { database, lease, give, auditOf, hash, clock, wake } =
        await setUp();
      const review = await give('rita');

      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        'accepted',
      );
      expect(await database.evidence.get(lease.id)).toMatchObject({
        frozenAt: clock.now(),
        hash,
      });
      expect(await database.reviews.ofLease(lease.id)).toEqual([review]);
      expect(review).toMatchObject({
        reviewer: 'user:default/rita',
        evidenceHash: hash,
        followUps: [{ title: 'Put the policy right in code' }],
      });
      expect((await auditOf())[0]).toMatchObject({
        actor: 'user:default/rita',
        action: 'review.accepted',
        outcome: 'done',
        details: { evidenceHash: hash, events: 1 },
      });
      const messages = await database.outbox.claim(clock.now(), 100, MINUTE);
      expect(messages.map(row => row.message)).toContainEqual(
        expect.objectContaining({
          kind: 'notification',
          recipients: ['user:default/mary'],
          link: `/break-glass/leases/${lease.id}`,
        }),
      );
      expect(wake).toHaveBeenCalled();
    });

    it.each([
      ['mary', 'self-review'],
      ['alice', 'self-review'],
      ['daniel', 'approver-review'],
      ['carla', 'not-reviewer'],
      ['nobody', 'person-unknown'],
    ])('I8: %s is refused with %s, and audited', async (name, code) => {
      const { database, lease, give, auditOf } = await setUp();
      await expect(give(name)).rejects.toMatchObject({
        name: 'NotAllowedError',
        code,
      });
      expect((await database.leases.get(lease.id))!.reviewState).toBe('open');
      expect((await auditOf())[0]).toMatchObject({
        actor: `user:default/${name}`,
        action: 'review.accepted',
        outcome: 'refused',
        code,
      });
    });

    it('pitfall 35: somebody who is no reviewer any more reviews nothing', async () => {
      const { give } = await setUp();
      const find = jest
        .spyOn(people, 'find')
        .mockResolvedValue(person('rita', []));
      await expect(give('rita')).rejects.toMatchObject({
        code: 'not-reviewer',
      });
      find.mockRestore();
    });

    it('a verdict on other evidence than is there now is refused', async () => {
      const { give, source, session, clock, collector, lease, database } =
        await setUp();
      source.records.push(callOf(session, { eventID: 'late' }));
      clock.advance({ minutes: 1 });
      await collector.collectNow(lease.id);
      await expect(give('rita')).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'evidence-changed',
      });
      expect(await database.reviews.ofLease(lease.id)).toEqual([]);
    });

    it('I7: incomplete evidence can be flagged without an override', async () => {
      const { give, database, lease } = await setUp(NOON + 20 * MINUTE);

      await give('rita', flagged());

      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        'flagged',
      );
    });

    it('I7: incomplete evidence cannot be accepted without an explicit, audited override', async () => {
      const { give, auditOf, database, lease } = await setUp(
        NOON + 20 * MINUTE,
      );
      await expect(give('rita')).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'evidence-incomplete',
      });
      expect((await auditOf())[0]).toMatchObject({
        outcome: 'refused',
        code: 'evidence-incomplete',
      });
      const override = 'The account is closed today';
      await give('rita', { override });
      expect((await auditOf())[0]).toMatchObject({
        action: 'review.accepted',
        outcome: 'done',
        details: { override, evidence: 'collecting' },
      });
      const after = (await database.leases.get(lease.id))!;
      expect(after.reviewState).toBe('accepted');
      expect(after.collectDueAt).toBeUndefined();
      expect(await database.reviews.ofLease(lease.id)).toMatchObject([
        { override },
      ]);
    });

    it('an override of complete evidence is not recorded: nothing was overridden', async () => {
      const { give } = await setUp();
      expect((await give('rita', { override: 'x' })).override).toBeUndefined();
    });

    it('flagging keeps the follow-ups and tells the requester loudly', async () => {
      const { give, database, lease, clock } = await setUp();
      await give('rita', flagged());
      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        'flagged',
      );
      const messages = await database.outbox.claim(clock.now(), 100, MINUTE);
      expect(messages.map(row => row.message)).toContainEqual(
        expect.objectContaining({
          recipients: ['user:default/mary'],
          severity: 'high',
        }),
      );
    });

    it('a second verdict is refused', async () => {
      const { give } = await setUp();
      await give('rita');
      await expect(give('oscar')).rejects.toMatchObject({
        name: 'ConflictError',
        code: 'not-in-review',
      });
    });

    it('of ten verdicts at once, one counts', async () => {
      const { give, database, lease } = await setUp();
      const answers = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) =>
          give(index % 2 ? 'rita' : 'oscar', index % 3 ? {} : flagged()),
        ),
      );
      const won = answers.filter(each => each.status === 'fulfilled');
      expect(won).toHaveLength(1);
      const [review] = await database.reviews.ofLease(lease.id);
      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        review.verdict,
      );
      expect(await database.reviews.ofLease(lease.id)).toHaveLength(1);
    });

    it('where the audit entry cannot be written, there is no verdict', async () => {
      const { give, audit, database, lease } = await setUp();
      jest.spyOn(audit, 'record').mockRejectedValue(new Error('full'));
      await expect(give('rita')).rejects.toThrow('full');
      expect((await database.leases.get(lease.id))!.reviewState).toBe('open');
      expect(await database.reviews.ofLease(lease.id)).toEqual([]);
      expect((await database.evidence.get(lease.id))!.frozenAt).toBeUndefined();
    });

    it('an event changed behind our back is noticed', async () => {
      const { give, knex, lease } = await setUp();
      await knex('activity_events')
        .where({ lease_id: lease.id })
        .update({ action: 'GetBucketLocation' });
      await expect(give('rita')).rejects.toMatchObject({
        code: 'evidence-changed',
      });
    });

    it('an event removed behind our back is noticed', async () => {
      const { give, knex, lease } = await setUp();
      await knex('activity_events').where({ lease_id: lease.id }).delete();
      await expect(give('rita')).rejects.toMatchObject({
        code: 'evidence-changed',
      });
    });

    it('a lease without a session can be accepted at once, with empty evidence', async () => {
      const { database } = await open();
      const { reviews, service, clock } = reviewing(database);
      const lease = anActiveLeaseRow({
        status: 'ended',
        closedAt: NOON,
        reviewState: 'collecting',
        collectDueAt: NOON,
      });
      await database.leases.insert(lease);
      clock.set(NOON + MINUTE);
      const { evidenceHash } = await service.list(lease, { limit: 10 });
      await reviews.review(
        { ref: 'user:default/rita' },
        lease.id,
        aRequest({ evidenceHash }),
      );
      expect((await database.leases.get(lease.id))!.reviewState).toBe(
        'accepted',
      );
      expect(await database.evidence.get(lease.id)).toMatchObject({
        state: 'complete',
        hash: evidenceHash,
        frozenAt: clock.now(),
      });
    });

    it('an active lease is not in review', async () => {
      const { database } = await open();
      const { reviews } = reviewing(database);
      const lease = anActiveLeaseRow();
      await database.leases.insert(lease);
      await expect(
        reviews.review({ ref: 'user:default/rita' }, lease.id, aRequest()),
      ).rejects.toMatchObject({ code: 'not-in-review' });
    });

    it('a lease that is not there is unknown', async () => {
      const { reviews } = reviewing((await open()).database);
      await expect(
        reviews.review(
          { ref: 'user:default/rita' },
          '01K6F000000000000000000000',
          aRequest(),
        ),
      ).rejects.toMatchObject({ code: 'lease-unknown' });
    });

    it('the page asks the same rule', async () => {
      const { reviews, database, lease } = await setUp();
      const row = (await database.leases.get(lease.id))!;
      const decisions = await database.decisions.ofLeases([lease.id]);
      const explain = (name: string) =>
        reviews.explain({ person: person(name), row, decisions });
      expect((await explain('rita')).allowed).toBe(true);
      expect((await explain('daniel')).reasons[0].code).toBe('approver-review');
    });
  });
});
