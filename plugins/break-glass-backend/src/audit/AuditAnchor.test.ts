import {
  appendFile,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendEntries, dropAuditTriggers, rechain } from '../testing/audit';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { AuditAnchor } from './AuditAnchor';
import { anchorTag } from './anchorTag';

describe('anchoring the audit log outside the database', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anchor-'));
    file = join(folder, 'below', 'anchors.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes a session tag that AWS takes', () => {
    const tag = anchorTag({ seq: 12, hash: 'ab'.repeat(32) });
    expect(tag).toBe(`12:${'ab'.repeat(16)}`);
    expect(tag).toMatch(/^[\w .:/=+@-]{1,256}$/);
  });

  describeDatabases((_name, open) => {
    it('I6: appends the head, once, to a file that only its owner reads', async () => {
      const { database } = await open();
      const anchor = new AuditAnchor(file);
      expect((await anchor.write(database.audit, NOON)).restored).toBe(false);
      expect((await anchor.read()).anchors).toEqual([]);
      await appendEntries(database.audit, 2);
      const first = await database.audit.head();
      await anchor.write(database.audit, NOON);
      await anchor.write(database.audit, NOON + 1);
      await appendEntries(database.audit, 1);
      const second = await database.audit.head();
      const state = await anchor.write(database.audit, NOON + 60_000);
      expect(state).toMatchObject({ restored: false, anchoredSeq: 3 });
      expect((await anchor.read()).anchors).toEqual([
        { ...first, at: '2026-10-01T12:00:00.000Z' },
        { ...second, at: '2026-10-01T12:01:00.000Z' },
      ]);
      // eslint-disable-next-line no-bitwise
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    });

    it('pitfall 39: a database older than its anchor is restored, and takes no anchor', async () => {
      const { database: today } = await open();
      const { database: yesterday } = await open();
      const anchor = new AuditAnchor(file);
      await appendEntries(today.audit, 5);
      await anchor.write(today.audit, NOON);
      await appendEntries(yesterday.audit, 3);
      expect(await anchor.check(yesterday.audit)).toMatchObject({
        restored: true,
        words: expect.stringContaining('ends at entry 3, but entry 5'),
      });
      const before = await readFile(file, 'utf8');
      expect((await anchor.write(yesterday.audit, NOON)).restored).toBe(true);
      expect(await readFile(file, 'utf8')).toBe(before);
    });

    it('pitfall 39: a restored database that grew past its anchor is still found', async () => {
      const { database, knex } = await open();
      const anchor = new AuditAnchor(file);
      await appendEntries(database.audit, 5);
      await anchor.write(database.audit, NOON);
      await dropAuditTriggers(knex);
      await knex('audit_log').where({ seq: 4 }).update({ actor: 'x' });
      await rechain(knex);
      await appendEntries(database.audit, 4);
      expect(await anchor.check(database.audit)).toMatchObject({
        restored: true,
        words: expect.stringContaining('Entry 5'),
      });
    });

    it.each([
      ['emptied', async () => writeFile(file, '')],
      ['lost', async () => rm(file)],
      [
        'replaced by an older one',
        async () => {
          const [first] = (await readFile(file, 'utf8')).split('\n');
          await writeFile(file, `${first}\n`);
        },
      ],
    ])(
      'pitfall 39: an anchor file that was %s is found',
      async (_what, spoil) => {
        const { database } = await open();
        const anchor = new AuditAnchor(file);
        await appendEntries(database.audit, 2);
        await anchor.write(database.audit, NOON);
        await appendEntries(database.audit, 2);
        await anchor.write(database.audit, NOON);
        await spoil();
        await appendEntries(database.audit, 1);

        expect(await anchor.check(database.audit)).toMatchObject({
          restored: true,
          words: expect.stringMatching(/Entry 4 .* was anchored, but/),
        });
        expect((await anchor.write(database.audit, NOON)).restored).toBe(true);
      },
    );

    it('pitfall 39: a truncated table is found', async () => {
      const { database, knex } = await open();
      const anchor = new AuditAnchor(file);
      await appendEntries(database.audit, 3);
      await anchor.write(database.audit, NOON);
      await dropAuditTriggers(knex);
      await knex('audit_log').delete();

      expect(await anchor.check(database.audit)).toMatchObject({
        restored: true,
      });
    });

    it('I6: takes a database for the right one by an entry that it has, and keeps the witnesses', async () => {
      const { database: today } = await open();
      const { database: yesterday } = await open();
      const anchor = new AuditAnchor(file);
      await appendEntries(today.audit, 5);
      await anchor.write(today.audit, NOON);
      const witnesses = await readFile(file, 'utf8');
      await appendEntries(yesterday.audit, 3);
      const head = await yesterday.audit.head();

      const wrong = { ...head, hash: 'a'.repeat(64) };
      expect(await anchor.accept(yesterday.audit, wrong, NOON)).toBeUndefined();
      expect((await anchor.check(yesterday.audit)).restored).toBe(true);
      const kept = await anchor.accept(yesterday.audit, head, NOON);
      expect(await readFile(kept!, 'utf8')).toBe(witnesses);
      expect(await anchor.check(yesterday.audit)).toMatchObject({
        restored: false,
        anchoredSeq: 3,
      });
      await appendEntries(yesterday.audit, 4);
      expect((await anchor.write(yesterday.audit, NOON)).restored).toBe(false);
    });

    it('survives a line that a crash cut, and names one that somebody changed', async () => {
      const { database } = await open();
      const anchor = new AuditAnchor(file);
      await appendEntries(database.audit, 1);
      await anchor.write(database.audit, NOON);
      await appendFile(file, '{"seq":2,"ha');
      await appendEntries(database.audit, 1);
      await anchor.write(database.audit, NOON);
      const { anchors, unreadable } = await anchor.read();
      expect(anchors.map(({ seq }) => seq)).toEqual([1, 2]);
      expect(unreadable).toEqual([]);
      await appendFile(file, '{"seq":3,"hash":"?","at":"now"}\n');
      expect((await anchor.read()).unreadable).toEqual([4]);
    });

    it('takes the highest of many lines as the last', async () => {
      const { database } = await open();
      const anchor = new AuditAnchor(file);
      for (let index = 0; index < 100; index += 1) {
        await appendEntries(database.audit, 1);
        await anchor.write(database.audit, NOON);
      }
      const [newest, older] = (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .reverse();
      await appendFile(file, `${older}\n`);
      expect((await anchor.check(database.audit)).anchoredSeq).toBe(
        JSON.parse(newest).seq,
      );
    });
  });
});
