import { OutboxMessage } from '../database/types';
import { FakeClock } from '../testing/FakeClock';
import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, aSessionRow, NOON } from '../testing/rows';
import { aLeaseToReview, flagged, reviewing, REVIEWERS } from './reviewTesting';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const rita = { ref: 'user:default/rita' };
const carla = { ref: 'user:default/carla' };
const mary = { ref: 'user:default/mary' };

describeDatabases((_name, open) => {
  /** Notifications since the last time, as if they had been delivered. */
  const toldBy = async (portal: {
    database: ReturnType<typeof reviewing>['database'];
    clock: FakeClock;
  }) => {
    const rows = await portal.database.outbox.claim(
      portal.clock.now(),
      100,
      MINUTE,
    );
    for (const { id } of rows) {
      await portal.database.outbox.delivered(id, portal.clock.now());
    }
    return rows
      .map(row => row.message)
      .filter(
        (each): each is Extract<OutboxMessage, { kind: 'notification' }> =>
          each.kind === 'notification',
      );
  };

  const setUp = async () => {
    const portal = await aLeaseToReview(await open());
    const present = async () =>
      (await portal.database.leases.get(portal.lease.id))!;
    return { ...portal, present, told: () => toldBy(portal) };
  };

  describe('taking a review on', () => {
    it('a reviewer takes it, gives it on, and gives it back; each is audited', async () => {
      const { assignment, lease, present, auditOf, told } = await setUp();
      await assignment.assign(rita, lease.id, rita.ref);
      expect((await present()).reviewer).toBe(rita.ref);
      await assignment.assign(rita, lease.id, 'user:default/oscar');
      expect((await present()).reviewer).toBe('user:default/oscar');
      expect(await told()).toContainEqual(
        expect.objectContaining({
          recipients: ['user:default/oscar'],
          link: `/break-glass/leases/${lease.id}`,
        }),
      );
      await assignment.assign(rita, lease.id, undefined);
      expect((await present()).reviewer).toBeUndefined();
      const entries = await auditOf();
      expect(
        entries.filter(({ action }) => action === 'review.assign'),
      ).toHaveLength(3);
    });

    it.each([
      ['mary', 'is its requester'],
      ['alice', 'is its beneficiary'],
      ['daniel', 'approved it'],
      ['carla', 'is no reviewer'],
      ['nobody', 'is unknown'],
    ])('I8: it is not given to %s, who %s', async name => {
      const { assignment, lease, present } = await setUp();
      await expect(
        assignment.assign(rita, lease.id, `user:default/${name}`),
      ).rejects.toMatchObject({ code: 'reviewer-unsuitable' });
      expect((await present()).reviewer).toBeUndefined();
    });

    it('nobody takes on the review of their own lease', async () => {
      const { assignment, lease } = await setUp();
      await expect(
        assignment.assign(mary, lease.id, rita.ref),
      ).rejects.toMatchObject({ code: 'self-review' });
    });
  });

  describe('what a lease left behind', () => {
    it('I14: is removed or justified before it is accepted', async () => {
      const { database, lease, give, present, clock } = await setUp();
      const key = 'a'.repeat(64);
      await database.residue.put(lease.id, [
        {
          leaseId: lease.id,
          key,
          kind: 'credential',
          what: 'Access key AKIA1 of user ci',
          resource: 'ci',
          eventId: 'one',
          at: NOON,
          state: 'open',
        },
      ]);
      await expect(give('rita')).rejects.toMatchObject({
        code: 'residue-open',
        message: expect.stringContaining('Access key AKIA1 of user ci'),
      });
      expect((await present()).reviewState).toBe('open');
      await database.residue.decide(lease.id, key, {
        state: 'justified',
        comment: 'CI needs it until Friday',
        decidedBy: rita.ref,
        decidedAt: clock.now(),
      });
      await give('rita');
      expect((await present()).reviewState).toBe('accepted');
    });

    it('can be flagged meanwhile', async () => {
      const { database, lease, give, present } = await setUp();
      await database.residue.put(lease.id, [
        {
          leaseId: lease.id,
          key: 'b'.repeat(64),
          kind: 'principal',
          what: 'User x',
          resource: 'x',
          eventId: 'one',
          at: NOON,
          state: 'open',
        },
      ]);
      await give('rita', flagged());
      expect((await present()).reviewState).toBe('flagged');
    });
  });

  describe('follow-ups', () => {
    it('a flagged review names somebody who has something to do, until when', async () => {
      const { give, present } = await setUp();
      const [followUp] = flagged().followUps;
      for (const followUps of [
        [],
        [{ title: 'Nobody owns it' }],
        [{ ...followUp, owner: 'user:default/nobody' }],
        [{ ...followUp, owner: 'group:default/empty' }],
        [{ ...followUp, dueAt: new Date(NOON).toISOString() }],
      ]) {
        await expect(
          give('rita', { verdict: 'flagged', followUps }),
        ).rejects.toMatchObject({ code: 'invalid-input' });
      }
      expect((await present()).reviewState).toBe('open');
    });

    it('its owner sees it, and says once that it is done', async () => {
      const { give, followUps, auditOf } = await setUp();
      await give('rita', flagged());
      const mine = await followUps.list(carla, { view: 'mine', limit: 10 });
      expect(mine.items).toMatchObject([
        { title: 'Rotate the key', overdue: false },
      ]);
      const [{ id, canFinish }] = mine.items;
      expect(canFinish.allowed).toBe(true);
      await expect(
        followUps.finish({ ref: 'user:default/oscar' }, id, 'Done'),
      ).rejects.toMatchObject({ code: 'not-follow-up-owner' });
      await followUps.finish(carla, id, 'Rotated with CHG-7');
      await expect(followUps.finish(carla, id, 'Again')).rejects.toMatchObject({
        code: 'conflict',
      });
      expect((await auditOf())[0]).toMatchObject({
        action: 'follow-up.done',
        outcome: 'done',
        details: { comment: 'Rotated with CHG-7' },
      });
    });

    it('others see neither that it is there nor what it is', async () => {
      const { give, followUps } = await setUp();
      await give('rita', {
        ...flagged(),
        followUps: [
          {
            ...flagged().followUps[0],
            owner: 'user:default/oscar',
          },
        ],
      });
      const all = await followUps.list(rita, { view: 'all', limit: 10 });
      expect(all.items).toHaveLength(1);
      expect(
        (await followUps.list(carla, { view: 'all', limit: 10 })).items,
      ).toEqual([]);
      await expect(
        followUps.finish(carla, all.items[0].id, 'Done'),
      ).rejects.toMatchObject({ code: 'follow-up-unknown' });
    });
  });

  describe('opening a review again', () => {
    it('keeps the verdict, looks at the logs anew, and takes a new one', async () => {
      const portal = await setUp();
      const { give, reopening, lease, present, database, clock, auditOf } =
        portal;
      await give('rita', { ...flagged() });
      clock.advance({ minutes: 1 });
      await reopening.reopen(rita, lease.id, 'The key was rotated');
      expect(await present()).toMatchObject({
        reviewState: 'collecting',
        collectDueAt: clock.now(),
      });
      expect((await auditOf())[0]).toMatchObject({
        action: 'review.reopened',
        details: {
          comment: 'The key was rotated',
          before: 'flagged',
          evidenceHash: portal.hash,
        },
      });
      await portal.collector.collect(lease.id);
      const { hash } = (await database.evidence.get(lease.id))!;
      await give('rita', { evidenceHash: hash });
      expect((await present()).reviewState).toBe('accepted');
      expect(await database.reviews.ofLease(lease.id)).toMatchObject([
        { verdict: 'flagged' },
        { verdict: 'accepted' },
      ]);
    });

    it('I7: nothing is accepted before the logs were looked at anew', async () => {
      const { give, reopening, lease, database, clock } = await setUp();
      await give('rita');
      clock.advance({ minutes: 1 });
      await reopening.reopen(rita, lease.id, 'A late file arrived');
      const { hash, state } = (await database.evidence.get(lease.id))!;
      expect(state).toBe('collecting');
      await expect(give('oscar', { evidenceHash: hash })).rejects.toMatchObject(
        { code: 'evidence-incomplete' },
      );
    });

    it('I7: nothing is accepted where the logs cannot be looked at anew', async () => {
      const { give, reopening, collector, source, lease, database, clock } =
        await setUp();
      await give('rita');
      clock.advance({ minutes: 1 });
      await reopening.reopen(rita, lease.id, 'A late file arrived');
      source.failure = new Error('The logs are down');
      await collector.collect(lease.id);
      const { hash } = (await database.evidence.get(lease.id))!;
      await expect(give('oscar', { evidenceHash: hash })).rejects.toMatchObject(
        {
          code: 'evidence-incomplete',
          message: expect.stringContaining('could not be read'),
        },
      );
    });

    it('I7: a look that began before says nothing about the evidence after', async () => {
      const portal = await setUp();
      const { give, reopening, collector, source, lease, database } = portal;
      portal.clock.advance({ minutes: 1 });
      source.meanwhile = async () => {
        source.meanwhile = undefined;
        await give('rita');
        await reopening.reopen(rita, lease.id, 'A late file arrived');
      };
      await collector.collectNow(lease.id);
      expect((await database.evidence.get(lease.id))!.state).toBe('collecting');
    });

    it.each([
      ['mary', 'self-review'],
      ['alice', 'self-review'],
      ['carla', 'not-reviewer'],
    ])('%s is refused with %s', async (name, code) => {
      const { give, reopening, lease, present } = await setUp();
      await give('rita');
      await expect(
        reopening.reopen({ ref: `user:default/${name}` }, lease.id, 'Please'),
      ).rejects.toMatchObject({ code });
      expect((await present()).reviewState).toBe('accepted');
    });

    it('a review without a verdict is open anyway', async () => {
      const { reopening, lease } = await setUp();
      await expect(
        reopening.reopen(rita, lease.id, 'Please'),
      ).rejects.toMatchObject({ code: 'not-reopenable' });
    });
  });

  describe('accepting several', () => {
    it('takes leases without a session, and no other', async () => {
      const { database } = await open();
      const { bulk, clock } = reviewing(database);
      const ended = {
        status: 'ended' as const,
        closedAt: NOON,
        reviewState: 'collecting' as const,
        collectDueAt: NOON,
      };
      const unused = anActiveLeaseRow(ended);
      const used = anActiveLeaseRow(ended);
      const alone = anActiveLeaseRow({ ...ended, approvalKind: 'emergency' });
      for (const lease of [unused, used, alone]) {
        await database.leases.insert(lease);
      }
      await database.sessions.insert(aSessionRow({ leaseId: used.id }));
      clock.set(NOON + MINUTE);
      const { items } = await bulk.accept(rita, {
        leaseIds: [unused.id, used.id, alone.id],
        comment: 'Never used',
      });
      expect(items).toMatchObject([
        { leaseId: unused.id, accepted: true },
        { leaseId: used.id, accepted: false, code: 'has-sessions' },
        { leaseId: alone.id, accepted: false, code: 'has-sessions' },
      ]);
      expect((await database.leases.get(unused.id))!.reviewState).toBe(
        'accepted',
      );
      expect((await database.leases.get(used.id))!.reviewState).toBe(
        'collecting',
      );
    });

    it('I8: not those of the one who accepts', async () => {
      const { database } = await open();
      const { bulk } = reviewing(database);
      const lease = anActiveLeaseRow({
        status: 'ended',
        closedAt: NOON,
        reviewState: 'collecting',
      });
      await database.leases.insert(lease);
      const { items } = await bulk.accept(mary, {
        leaseIds: [lease.id],
        comment: 'Mine',
      });
      expect(items).toMatchObject([{ accepted: false, code: 'self-review' }]);
    });
  });

  describe('what is due', () => {
    const dueAt = NOON + 3 * DAY;

    async function aReviewDue(change = {}) {
      const portal = await setUp();
      const row = await portal.present();
      await portal.database.leases.update(row.id, row.version, {
        reviewDueAt: dueAt,
        ...change,
      });
      await portal.told();
      return portal;
    }

    it('is reminded of a day before, once a day, and escalated once', async () => {
      const { reminders, clock, told, config } = await aReviewDue();
      config.review.escalateTo.groups.push('group:default/ciso-office');
      const at = async (time: number) => {
        clock.set(time);
        await reminders.run();
        return (await told()).map(({ title, recipients }) => [
          title,
          ...recipients,
        ]);
      };
      expect(await at(dueAt - DAY - 1)).toEqual([]);
      const soon = [
        expect.stringContaining('due soon'),
        'group:default/security-reviewers',
      ];
      expect(await at(dueAt - DAY)).toEqual([soon]);
      expect(await at(dueAt - DAY + 1)).toEqual([]);
      expect(await at(dueAt + 1)).toEqual([
        [
          expect.stringContaining('overdue'),
          'group:default/security-reviewers',
        ],
      ]);
      expect(await at(dueAt + 2 * DAY)).toEqual([
        [
          expect.stringContaining('Nobody reviewed'),
          REVIEWERS,
          'group:default/ciso-office',
        ],
      ]);
      expect(await at(dueAt + 2 * DAY + 1)).toEqual([]);
    });

    it('two replicas remind once', async () => {
      const { reminders, clock, told } = await aReviewDue();
      clock.set(dueAt + 1);
      await Promise.all([reminders.run(), reminders.run(), reminders.run()]);
      expect(await told()).toHaveLength(1);
    });

    it('only the one who took it on is reminded, and never its requester', async () => {
      const { reminders, clock, told } = await aReviewDue({
        reviewer: 'user:default/oscar',
      });
      clock.set(dueAt + 1);
      await reminders.run();
      expect(await told()).toMatchObject([
        { recipients: ['user:default/oscar'] },
      ]);
    });

    it('a follow-up that is overdue is reminded of, and no longer once it is done', async () => {
      const { give, reminders, followUps, clock, told } = await setUp();
      await give('rita', flagged());
      await told();
      clock.set(NOON + 8 * DAY);
      await reminders.run();
      expect(await told()).toMatchObject([{ recipients: [carla.ref] }]);
      const [{ id }] = (await followUps.list(carla, { view: 'mine', limit: 1 }))
        .items;
      await followUps.finish(carla, id, 'Done');
      clock.advance({ hours: 48 });
      await reminders.run();
      expect(await told()).toEqual([]);
    });

    it('counts as debt of the requester until its verdict', async () => {
      const { database, give } = await aReviewDue();
      const debt = (at: number) =>
        database.leases.overdueReviews('user:default/mary', at);
      expect(await debt(dueAt)).toBe(0);
      expect(await debt(dueAt + 1)).toBe(1);
      await give('rita');
      expect(await debt(dueAt + 1)).toBe(0);
    });
  });

  it('the queue begins with what is due first, page by page', async () => {
    const { database } = await open();
    const days = [3, 1, 2, 1, 5];
    const rows = days.map(day =>
      anActiveLeaseRow({
        status: 'ended',
        closedAt: NOON,
        reviewState: 'open',
        reviewDueAt: NOON + day * DAY,
      }),
    );
    for (const row of rows) {
      await database.leases.insert(row);
    }
    const seen: string[] = [];
    for (let before: string | undefined, more = true; more; ) {
      const page = await database.leases.list(
        { now: NOON, reviewStates: ['open'] },
        { limit: 2, before },
        'due',
      );
      seen.push(...page.map(({ id }) => id));
      before = page[page.length - 1]?.id;
      more = page.length > 0;
    }
    const expected = [1, 3, 2, 0, 4].map(index => rows[index].id);
    expect(seen).toEqual(expected);
  });
});
