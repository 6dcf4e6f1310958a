import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anActiveLease, aPendingLease, decisionOn } from '../testing/aLease';
import { describeDatabases } from '../testing/databases';
import { startTestPortal, TestPortal } from '../testing/startTestPortal';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const ANCHOR = 'break-glass-anchor';

describeDatabases((_name, open) => {
  const portals: TestPortal[] = [];
  const start = async (
    options: Partial<Parameters<typeof startTestPortal>[0]> = {},
  ) => {
    const knex = options.knex ?? (await open()).knex;
    const portal = await startTestPortal({ ...options, knex });
    portals.push(portal);
    return portal;
  };
  afterEach(async () => {
    await Promise.all(portals.splice(0).map(each => each.stop()));
  });
  const fileOf = ({ folder }: TestPortal) => join(folder, 'anchor.jsonl');
  /** The witness of a database that went further than this one. */
  const restoreFromYesterday = async (portal: TestPortal) => {
    await portal.runTask(ANCHOR);
    const ahead = { seq: 9_999, hash: 'a'.repeat(64), at: 'later' };
    const before = await readFile(fileOf(portal), 'utf8');
    await writeFile(fileOf(portal), `${before}${JSON.stringify(ahead)}\n`);
  };
  const statusOf = async (portal: TestPortal, id: string) =>
    (await portal.as('ada', 'getLease', { params: { id } })).status;
  const entries = async (portal: TestPortal, action: string) =>
    (await portal.as('ada', 'listAudit', { query: { action } })).items;
  const issue = (portal: TestPortal, person: string, id: string) =>
    portal.refusal(person, 'createSession', {
      params: { id },
      body: { type: 'credentials' },
    });

  describe('I6: on a database that is older than its anchor', () => {
    it('pitfall 39: nothing is issued, leases are revoked, and one alarm is raised', async () => {
      const portal = await start();
      const active = await anActiveLease(portal);
      const scheduled = await aPendingLease(portal, {
        profileId: 'read-everything',
        startAt: new Date(portal.clock.now() + 3_600_000).toISOString(),
      });
      await portal.as('daniel', 'decideLease', decisionOn(scheduled));
      await restoreFromYesterday(portal);

      expect(await issue(portal, 'mary', active.id)).toBe('audit-restored');
      await portal.runTask(ANCHOR);
      await portal.runTask(ANCHOR);

      expect(await statusOf(portal, active.id)).toBe('revoked');
      expect(await statusOf(portal, scheduled.id)).toBe('revoked');
      expect(await entries(portal, 'audit.restored')).toHaveLength(1);
      const { parts } = await portal.as('ada', 'health', {});
      expect(parts.find(({ name }) => name === 'anchor')?.ok).toBe(false);
      await waitFor(async () =>
        portal.notifications.some(({ payload }) =>
          /not the one it knew/.test(payload.title),
        ),
      );
    });

    it('goes on once operators name an entry that they looked at', async () => {
      const { knex } = await open();
      const broken = await start({ knex });
      await anActiveLease(broken);
      await restoreFromYesterday(broken);
      await broken.runTask(ANCHOR);
      const [{ seq, hash }] = (
        await broken.as('ada', 'listAudit', { query: {} })
      ).items;

      // Its folder is a new one, without any anchor: that alone is restored mode.
      const mended = await start({
        knex,
        configure: section => {
          section.audit.acceptedHead = { seq, hash };
        },
      });
      await mended.runTask(ANCHOR);
      const lease = await anActiveLease(mended, {}, 'priya');

      expect(await issue(mended, 'priya', lease.id)).toBeUndefined();
      expect(
        (await entries(mended, 'audit.accepted')).map(({ details }) => details),
      ).toContainEqual(expect.objectContaining({ seq, hash }));
    });
  });
});
