import { ReviewUnbrokered } from 'backstage-plugin-break-glass-common';
import { UnbrokeredRow } from '../database/types';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { aUseRow } from '../testing/unbrokeredRows';
import { unbrokeredRoom } from './testing';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const by = (name: string) => ({ ref: `user:default/${name}` });
const VERDICT: ReviewUnbrokered = {
  verdict: 'accepted',
  comment: 'A drill',
  checklist: {
    credentialsRotated: true,
    accessRevoked: true,
    lessonsLearned: true,
  },
  followUps: [],
  version: 2,
};
const JUSTIFICATION = { text: 'The portal was down' };

describeDatabases((_name, open) => {
  /** A use that the responders (Oscar is one) have to explain. */
  const setUp = async (change: Partial<UnbrokeredRow> = {}) => {
    const { database } = await open();
    const portal = unbrokeredRoom(database);
    const use = aUseRow({ collectDueAt: undefined, ...change });
    await database.unbrokered.insert(use);
    const now = async () => (await database.unbrokered.get(use.id))!;
    const lastEntry = async () =>
      (await database.audit.list({}, { limit: 1 }))[0];
    const told = async () =>
      (await database.outbox.claim(NOON, 50, MINUTE)).map(row => row.message);
    const { service, queries } = portal.room;
    return { ...portal, use, now, lastEntry, told, service, queries };
  };

  describe('UnbrokeredService', () => {
    it('an explanation is kept, told and audited with its words', async () => {
      const { service, use, now, lastEntry, told } = await setUp();
      await service.justify(by('oscar'), use.id, {
        ...JUSTIFICATION,
        ticket: 'SUP-7',
      });
      expect(await now()).toMatchObject({
        state: 'justified',
        justifiedBy: 'user:default/oscar',
        justification: JUSTIFICATION.text,
        ticket: 'SUP-7',
        version: 2,
      });
      expect(await lastEntry()).toMatchObject({
        actor: 'user:default/oscar',
        action: 'unbrokered.justify',
        outcome: 'done',
        accountRef: 'resource:default/payroll',
        details: { unbrokeredId: use.id, ...JUSTIFICATION, ticket: 'SUP-7' },
      });
      expect(await told()).toMatchObject([
        { recipients: ['group:default/security-reviewers'] },
        { kind: 'signal', unbrokeredId: use.id },
      ]);
    });

    it.each<[string, string, string]>([
      ['rita', 'not-unbrokered-owner', 'NotAllowedError'],
      ['mary', 'unbrokered-unknown', 'NotFoundError'],
      ['nobody', 'person-unknown', 'NotAllowedError'],
    ])(
      'refuses an explanation by %s with %s, and audits it',
      async (name, code, error) => {
        const { service, use, now, lastEntry } = await setUp();
        await expect(
          service.justify(by(name), use.id, JUSTIFICATION),
        ).rejects.toMatchObject({ name: error, code });
        expect(await now()).toEqual(use);
        expect(await lastEntry()).toMatchObject({
          actor: `user:default/${name}`,
          action: 'unbrokered.justify',
          outcome: 'refused',
          code,
          details: { unbrokeredId: use.id },
        });
      },
    );

    it('takes no second explanation, until somebody is asked again', async () => {
      const { service, use, now, lastEntry } = await setUp();
      await service.justify(by('oscar'), use.id, JUSTIFICATION);
      await expect(
        service.justify(by('oscar'), use.id, JUSTIFICATION),
      ).rejects.toMatchObject({ name: 'ConflictError', code: 'wrong-status' });
      await service.assign(by('rita'), use.id, 'user:default/mary');
      expect(await now()).toMatchObject({
        state: 'open',
        owner: 'user:default/mary',
      });
      expect((await now()).justification).toBeUndefined();
      expect(await lastEntry()).toMatchObject({
        action: 'unbrokered.assign',
        details: {
          owner: 'user:default/mary',
          before: 'group:default/incident-responders',
          wasState: 'justified',
        },
      });
      await service.justify(by('mary'), use.id, JUSTIFICATION);
      expect((await now()).justifiedBy).toBe('user:default/mary');
    });

    it('pitfall 32: takes no ticket that is none', async () => {
      const { service, use } = await setUp();
      await expect(
        service.justify(by('oscar'), use.id, {
          ...JUSTIFICATION,
          ticket: '=cmd|x',
        }),
      ).rejects.toMatchObject({ code: 'ticket-invalid' });
    });

    it.each([
      'user:default/stranger',
      'group:default/nobodies',
      'resource:default/payroll',
    ])('I13: does not name %s, whom the catalog does not know', async owner => {
      const { service, use, now } = await setUp();
      await expect(
        service.assign(by('oscar'), use.id, owner),
      ).rejects.toMatchObject({ name: 'InputError', code: 'invalid-input' });
      expect(await now()).toEqual(use);
    });

    it('a group can be named, and its members explain and read', async () => {
      const { service, queries, use } = await setUp();
      await expect(queries.detail(by('mary'), use.id)).rejects.toMatchObject({
        code: 'unbrokered-unknown',
      });
      await service.assign(by('oscar'), use.id, 'group:default/cloud-admins');
      const detail = await queries.detail(by('mary'), use.id);
      expect(detail.actions.justify.allowed).toBe(true);
      expect(detail.actions.review.allowed).toBe(false);
      await expect(
        service.assign(by('mary'), use.id, 'user:default/mary'),
      ).rejects.toMatchObject({ code: 'not-responder' });
    });

    it('a verdict is kept with its follow-ups, told and audited', async () => {
      const { service, database, use, now, lastEntry } = await setUp({
        state: 'justified',
        justifiedBy: 'user:default/oscar',
        version: 2,
      });
      const followUps = [
        {
          title: 'Seal it again',
          owner: 'user:default/mary',
          dueAt: new Date(NOON + 60 * MINUTE).toISOString(),
        },
      ];
      await service.review(by('rita'), use.id, {
        ...VERDICT,
        verdict: 'flagged',
        followUps,
      });
      expect((await now()).state).toBe('flagged');
      expect(await database.unbrokered.reviewsOf(use.id)).toMatchObject([
        { reviewer: 'user:default/rita', verdict: 'flagged', followUps },
      ]);
      expect(
        await database.followUps.list(
          { unbrokeredId: use.id, now: NOON },
          { limit: 9 },
        ),
      ).toMatchObject([{ title: 'Seal it again', owner: 'user:default/mary' }]);
      expect(await lastEntry()).toMatchObject({
        actor: 'user:default/rita',
        action: 'unbrokered.flagged',
        outcome: 'done',
      });
    });

    it.each<
      [string, Partial<UnbrokeredRow>, Partial<ReviewUnbrokered>, string]
    >([
      ['nobody explained', { state: 'open' }, {}, 'justification-missing'],
      ['more was found', { version: 3 }, {}, 'conflict'],
      [
        'points at them',
        { person: 'user:default/rita' },
        {},
        'involved-review',
      ],
      ['was accepted', { state: 'accepted' }, {}, 'wrong-status'],
      [
        'is to be flagged without a follow-up',
        {},
        { verdict: 'flagged' },
        'invalid-input',
      ],
      [
        'goes on',
        { collectDueAt: NOON + 5 * MINUTE },
        {},
        'evidence-incomplete',
      ],
      [
        'is not all checked',
        {},
        { checklist: { ...VERDICT.checklist, accessRevoked: false } },
        'checklist-incomplete',
      ],
    ])('refuses a verdict where it %s', async (_what, row, request, code) => {
      const { service, database, use, now, lastEntry } = await setUp({
        state: 'justified',
        version: 2,
        ...row,
      });
      await expect(
        service.review(by('rita'), use.id, { ...VERDICT, ...request }),
      ).rejects.toMatchObject({ code });
      expect(await now()).toEqual(use);
      expect(await database.unbrokered.reviewsOf(use.id)).toEqual([]);
      expect(await lastEntry()).toMatchObject({ outcome: 'refused', code });
    });

    it('pitfall 1: of several verdicts at once, one counts', async () => {
      const { service, database, use } = await setUp({
        state: 'justified',
        version: 2,
      });
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4].map(() => service.review(by('rita'), use.id, VERDICT)),
      );
      expect(
        outcomes.filter(({ status }) => status === 'fulfilled'),
      ).toHaveLength(1);
      expect(await database.unbrokered.reviewsOf(use.id)).toHaveLength(1);
    });

    it('I6: what cannot be audited does not happen', async () => {
      const { service, audit, use, now } = await setUp();
      jest.spyOn(audit, 'record').mockRejectedValue(new Error('full'));
      await expect(
        service.justify(by('oscar'), use.id, JUSTIFICATION),
      ).rejects.toThrow('full');
      expect(await now()).toEqual(use);
    });

    it('lists to each what they may read, and what waits for them', async () => {
      const { queries, database, people } = await setUp();
      await database.unbrokered.insert(
        aUseRow({ state: 'justified', owner: 'user:default/mary' }),
      );
      const page = { limit: 10 };
      const states = async (name: string, view: 'mine' | 'all') =>
        (await queries.list(by(name), { ...page, view })).items.map(
          ({ state }) => state,
        );
      expect(await states('ada', 'all')).toEqual(['justified', 'open']);
      expect(await states('mary', 'all')).toEqual(['justified']);
      expect(await states('alice', 'all')).toEqual([]);
      // Oscar responds and reviews; Rita only reviews.
      expect(await states('oscar', 'mine')).toEqual(['justified', 'open']);
      expect(await states('rita', 'mine')).toEqual(['justified']);
      expect(await states('mary', 'mine')).toEqual([]);
      const oscar = (await people.find('user:default/oscar'))!;
      expect(await queries.openCount(oscar)).toBe(2);
    });

    it('pages by key', async () => {
      const { queries, database } = await setUp();
      await database.unbrokered.insert(aUseRow());
      const first = await queries.list(by('ada'), { limit: 1, view: 'all' });
      const second = await queries.list(by('ada'), {
        limit: 1,
        view: 'all',
        cursor: first.nextCursor,
      });
      expect(first.items).toHaveLength(1);
      expect(second.items).toHaveLength(1);
      expect(second.items[0].id).not.toBe(first.items[0].id);
      expect(second.nextCursor).toBeUndefined();
    });

    it('pitfall 22: what was done in a use is read by who may read it', async () => {
      const { queries, use } = await setUp();
      const read = (name: string) =>
        queries.activity(by(name), use.id, { limit: 10 });
      expect(await read('ada')).toMatchObject({ items: [], total: 0 });
      await expect(read('mary')).rejects.toMatchObject({
        code: 'unbrokered-unknown',
      });
    });
  });
});
