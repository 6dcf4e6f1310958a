import { UnbrokeredRow } from '../database/types';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { aUseRow } from '../testing/unbrokeredRows';
import { unbrokeredRoom } from './testing';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describeDatabases((_name, open) => {
  /** A use that is due four hours after noon, and of which people are reminded then and every hour. */
  const setUp = async (change: Partial<UnbrokeredRow> = {}) => {
    const { database } = await open();
    const portal = unbrokeredRoom(database, {
      remindBeforeMinutes: 60,
      remindEveryMinutes: 60,
      escalateAfterMinutes: 120,
    });
    const use = aUseRow({ dueAt: NOON + 4 * HOUR, ...change });
    await database.unbrokered.insert(use);
    const run = async (minutes = 0) => {
      portal.clock.advance({ minutes });
      await portal.room.reminders.run();
      const now = portal.clock.now();
      const rows = await database.outbox.claim(now, 50, MINUTE);
      for (const { id } of rows) {
        await database.outbox.delivered(id, now);
      }
      return rows.map(({ message }) => message);
    };
    return { ...portal, use, run };
  };

  describe('reminders of unbrokered uses', () => {
    it('go to the owner before it is due, and once in an interval', async () => {
      const { run, use } = await setUp();
      expect(await run(179)).toEqual([]);
      expect(await run(2)).toMatchObject([
        {
          recipients: [use.owner],
          severity: 'normal',
          title: expect.stringContaining('due soon'),
        },
      ]);
      expect(await run(30)).toEqual([]);
      expect(await run(30)).toHaveLength(1);
      expect(await run(60)).toMatchObject([
        { severity: 'high', title: expect.stringContaining('overdue') },
      ]);
    });

    it('go to the reviewers once it was explained, and stop with the verdict', async () => {
      const { run, use, database } = await setUp({ state: 'justified' });
      expect(await run(200)).toMatchObject([
        { recipients: ['group:default/security-reviewers'] },
      ]);
      await database.unbrokered.update(use.id, 1, { state: 'accepted' });
      expect(await run(600)).toEqual([]);
    });

    it('pitfall 25: two replicas remind once', async () => {
      const { database, other, clock, use } = await setUp();
      clock.advance({ minutes: 200 });
      const told = await Promise.all(
        [other(), other(), other()].map(each => each.reminders.run()),
      );
      expect(told.reduce((a, b) => a + b)).toBe(1);
      expect((await database.unbrokered.get(use.id))!.version).toBe(1);
    });

    it('others are told once of what stays undone, and it is audited', async () => {
      const { run, database, use } = await setUp();
      await run(4 * 60 + 119);
      const told = await run(2);
      expect(told).toMatchObject([
        {
          recipients: ['group:default/security-reviewers'],
          title: expect.stringContaining('stays undone'),
        },
      ]);
      const escalations = () =>
        database.audit.list({ action: 'unbrokered.escalated' }, { limit: 9 });
      expect(await escalations()).toMatchObject([
        { actor: 'system', details: { unbrokeredId: use.id } },
      ]);
      await run(24 * 60);
      expect(await escalations()).toHaveLength(1);
    });
  });
});
