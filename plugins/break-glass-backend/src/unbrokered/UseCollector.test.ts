import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import {
  aCloudTrailRecord,
  aUserIdentity,
  ROLE_ARN,
  sessionArnOf,
} from 'backstage-plugin-break-glass-node/testUtils';
import { UnbrokeredRow } from '../database/types';
import { describeDatabases } from '../testing/databases';
import { NOON } from '../testing/rows';
import { aUseRow } from '../testing/unbrokeredRows';
import {
  aStrangersUse,
  ScriptedUses,
  SEALED_USER,
  unbrokeredRoom,
} from './testing';
import { UseCollector } from './UseCollector';
import { NOT_ALL_KEPT, NOT_ALL_READ } from './useWords';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const BEGAN = NOON - 5 * MINUTE;
const KEY = 'ASIASTRANGER00000001';

/** A call of the stranger's session, which began five minutes before noon. */
function aCallOf(
  minutes: number,
  change: { began?: number; keyId?: string; more?: object } = {},
): RawCloudTrailRecord {
  const { began = BEGAN, keyId = KEY, more } = change;
  const record = aCloudTrailRecord({
    at: NOON + minutes * MINUTE,
    sessionName: 'mallory',
    accessKeyId: keyId,
    change: more as RawCloudTrailRecord,
  });
  const { sessionContext } = record.userIdentity as {
    sessionContext: { attributes: { creationDate: string } };
  };
  sessionContext.attributes.creationDate = `${new Date(began)
    .toISOString()
    .slice(0, 19)}Z`;
  return record;
}

describeDatabases((_name, open) => {
  const setUp = async (change: Partial<UnbrokeredRow> = {}) => {
    const { database } = await open();
    const portal = unbrokeredRoom(database);
    const use = aUseRow({
      at: BEGAN,
      sessionArn: sessionArnOf(ROLE_ARN, 'mallory'),
      collectDueAt: NOON,
      ...change,
    });
    await database.unbrokered.insert(use);
    const look = (room = portal.room) =>
      room.collector.collectDue(new AbortController().signal);
    const now = async () => (await database.unbrokered.get(use.id))!;
    const actions = async () => {
      const { items } = await database.unbrokered.events(use.id, { limit: 99 });
      return items.map(({ action }) => action);
    };
    return { ...portal, use, look, now, actions };
  };

  describe('collecting what was done in an unbrokered use', () => {
    it('takes the session’s own calls, by ARN, creation and key', async () => {
      const { source, look, now, actions } = await setUp();
      source.activity = [
        aStrangersUse(),
        aCallOf(-4),
        aCallOf(-3, { began: BEGAN - MINUTE, more: { eventName: 'Earlier' } }),
        aCallOf(-3, {
          keyId: 'ASIACONSOLE000000001',
          more: { eventName: 'ListBuckets' },
        }),
      ];
      expect(await look()).toBe(1);
      expect(await actions()).toEqual([
        'AssumeRole',
        'GetBucketPolicy',
        'ListBuckets',
      ]);
      expect(await now()).toMatchObject({ eventCount: 3, version: 2 });
    });

    it('asks for the account, role, name and key of the use', async () => {
      const { source, look, clock } = await setUp();
      await look();
      expect(source.searches).toEqual([
        {
          partition: 'aws',
          accountId: '111122223333',
          roleArn: ROLE_ARN,
          sessionName: 'mallory',
          accessKeyIds: [KEY],
          from: BEGAN - 5 * MINUTE,
          to: clock.now() + 1,
          maxRecords: 100_000,
        },
      ]);
    });

    it('without the AssumeRole record takes what has the session’s ARN and creation', async () => {
      const { source, look, actions } = await setUp({ accessKeyIds: [] });
      source.activity = [aCallOf(-4), aCallOf(-3, { began: BEGAN - MINUTE })];
      await look();
      expect(await actions()).toEqual(['GetBucketPolicy']);
    });

    it('of a user who signed in takes what that user did afterwards, and no other', async () => {
      const { source, look, actions } = await setUp({
        kind: 'console-sign-in',
        principal: SEALED_USER,
        ...{
          roleArn: undefined,
          sessionArn: undefined,
          sessionName: undefined,
        },
        accessKeyIds: [],
      });
      const by = (arn: string, minutes: number, eventName: string) =>
        aCloudTrailRecord({
          at: NOON + minutes * MINUTE,
          change: { userIdentity: aUserIdentity(arn), eventName },
        });
      source.activity = [
        by(SEALED_USER, -6, 'Before'),
        by(SEALED_USER, -4, 'CreateAccessKey'),
        by(`${SEALED_USER}2`, -4, 'Another'),
      ];
      await look();
      expect(await actions()).toEqual(['CreateAccessKey']);
      expect(source.searches[0].sessionName).toBe('break-glass-1');
    });

    it('looks until the logs have settled after the last credentials’ end', async () => {
      const { source, look, now, clock, use } = await setUp();
      const responseElements = {
        credentials: { accessKeyId: KEY },
        assumedRoleUser: { arn: use.sessionArn },
      };
      source.activity = [aStrangersUse({ change: { responseElements } })];
      await look();
      expect((await now()).collectDueAt).toBe(NOON + 15 * MINUTE);
      // An hour of credentials, and half an hour until the logs have settled.
      clock.set(BEGAN + 89 * MINUTE);
      await look();
      expect((await now()).collectDueAt).toBe(BEGAN + 90 * MINUTE);
      clock.set(BEGAN + 90 * MINUTE);
      source.activity.push(aCallOf(30));
      await look();
      const { collectDueAt, eventCount } = await now();
      expect(collectDueAt).toBeUndefined();
      expect(eventCount).toBe(2);
    });

    it.each<[string, (source: ScriptedUses) => void]>([
      [
        'could never be read',
        source => {
          source.unreadable = ['a.json.gz: is damaged'];
        },
      ],
      [
        'never came',
        source => {
          source.regions = [];
        },
      ],
    ])(
      'says of logs that they %s, when it stops looking',
      async (_what, spoil) => {
        const { source, look, now, clock, use } = await setUp();
        spoil(source);
        await look();
        expect((await now()).words).toBe(use.words);
        // Twelve hours of credentials, and as long again as logs take to settle.
        clock.set(BEGAN + 13 * 60 * MINUTE);
        await look();
        const stopped = await now();
        expect(stopped.collectDueAt).toBeUndefined();
        expect(stopped).toMatchObject({
          words: `${use.words}${NOT_ALL_READ}`,
          version: 2,
        });
      },
    );

    it('says when it keeps only the first events', async () => {
      const portal = await setUp({ accessKeyIds: [] });
      const { source, now, actions, use } = portal;
      source.activity = [
        aCallOf(-2, { more: { eventName: 'Third' } }),
        aCallOf(-4, { more: { eventName: 'First' } }),
        aCallOf(-3, { more: { eventName: 'Second' } }),
      ];
      const collector = new UseCollector({ ...portal, mostEvents: 2 });
      await collector.collectDue(new AbortController().signal);
      expect(await actions()).toEqual(['First', 'Second']);
      expect((await now()).words).toBe(`${use.words}${NOT_ALL_KEPT}`);
    });

    it('a look that finds nothing new is no new version, so that a verdict on it stands', async () => {
      const { source, look, now, clock } = await setUp();
      source.activity = [aStrangersUse()];
      await look();
      clock.advance({ minutes: 15 });
      await look();
      expect((await now()).version).toBe(2);
    });

    it('pitfall 25: two replicas never make the same look', async () => {
      const { source, look, other } = await setUp();
      const counts = await Promise.all([look(other()), look(other())]);
      expect(counts.reduce((a, b) => a + b)).toBe(1);
      expect(source.searches).toHaveLength(1);
    });

    it('a source that is down is tried again, and keeps nobody waiting', async () => {
      const { database, source, look, clock, now } = await setUp();
      await database.unbrokered.insert(aUseRow({ collectDueAt: NOON }));
      source.failure = new Error('Athena is away');
      expect(await look()).toBe(0);
      expect(source.searches).toHaveLength(2);
      source.failure = undefined;
      source.activity = [aStrangersUse()];
      clock.advance({ minutes: 5 });
      expect(await look()).toBe(2);
      expect((await now()).eventCount).toBe(1);
    });

    it('pitfall 27: secrets in records are not stored', async () => {
      const { database, source, look, use } = await setUp();
      source.activity = [aStrangersUse()];
      await look();
      const stored = await database.unbrokered.events(use.id, { limit: 9 });
      expect(JSON.stringify(stored)).not.toContain('IQoJ');
    });
  });
});
