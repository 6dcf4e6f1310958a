import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import {
  aConsoleLoginRecord,
  ROLE_ARN,
} from 'backstage-plugin-break-glass-node/testUtils';
import { Database } from '../database/types';
import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, anId, aSessionRow, NOON } from '../testing/rows';
import {
  aSealedSignIn,
  aStrangersUse,
  SEAL_HOLDERS,
  SEALED_USER,
  unbrokeredRoom,
} from './testing';
import { MOST_PER_HOUR } from './TopicListener';
import { NOT_IN_LOGS } from './useWords';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const EVENT_KEY = 'ASIASTRANGER00000001';

/** As EventBridge hands it on. */
const anEvent = (detail: RawCloudTrailRecord) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type':
    detail.eventSource === 'signin.amazonaws.com'
      ? 'AWS Console Sign In via CloudTrail'
      : 'AWS API Call via CloudTrail',
  source:
    detail.eventSource === 'signin.amazonaws.com' ? 'aws.signin' : 'aws.sts',
  account: '111122223333',
  time: String(detail.eventTime),
  region: 'eu-central-1',
  resources: [],
  detail,
});
/** As SNS hands it to a queue. */
const inSns = (message: object) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-central-1:111122223333:unbrokered',
  Message: JSON.stringify(message),
  Timestamp: '2026-10-01T12:00:00.000Z',
});
const list = (database: Database) =>
  database.unbrokered.list({}, { limit: 200 });

describeDatabases((_name, open) => {
  const setUp = async () => {
    const { database } = await open();
    const portal = unbrokeredRoom(database);
    const { room } = portal;
    return {
      ...portal,
      onEvent: (payload: unknown) => room.topic.onEvent(payload),
    };
  };

  describe('the topic of unbrokered uses', () => {
    it.each<[string, (event: object) => unknown]>([
      ['as such', event => event],
      ['as text', event => JSON.stringify(event)],
      ['in an SNS notification', inSns],
      ['in an SNS notification as text', event => JSON.stringify(inSns(event))],
    ])('takes an EventBridge event %s', async (_what, wrap) => {
      const { database, onEvent, logger } = await setUp();
      await onEvent(wrap(anEvent(aStrangersUse())));
      expect(await list(database)).toMatchObject([
        {
          via: 'topic',
          seenInLogs: false,
          state: 'open',
          words: expect.stringContaining('Only an event reported it so far'),
        },
      ]);
      expect(logger.warn).not.toHaveBeenCalled();
    });

    it('takes a sign-in of an emergency user, with its alarm', async () => {
      const { database, onEvent } = await setUp();
      await onEvent(anEvent(aSealedSignIn()));
      expect(await list(database)).toMatchObject([
        { kind: 'console-sign-in', emergencyUser: 'Seal 1' },
      ]);
      const [alarm] = await database.outbox.claim(NOON, 10, MINUTE);
      expect(alarm.message).toMatchObject({
        severity: 'critical',
        recipients: ['group:default/incident-responders', SEAL_HOLDERS],
      });
    });

    it('takes the same event once, however often it comes', async () => {
      const { database, onEvent } = await setUp();
      const event = anEvent(aStrangersUse());
      await Promise.all([1, 2, 3].map(() => onEvent(event)));
      expect(await list(database)).toHaveLength(1);
    });

    it.each<[string, RawCloudTrailRecord]>([
      ['another role', aStrangersUse({ roleArn: `${ROLE_ARN}2` })],
      [
        'an account that is not trusted',
        aStrangersUse({
          accountId: '777788889999',
          roleArn: ROLE_ARN.replace('111122223333', '777788889999'),
        }),
      ],
      [
        'another user',
        aSealedSignIn({
          userIdentity: { type: 'IAMUser', arn: `${SEALED_USER}2` },
        }),
      ],
      [
        'a refused call',
        aStrangersUse({ change: { errorCode: 'AccessDenied' } }),
      ],
      [
        'a sign-in with a role, whose AssumeRole has an event of its own',
        aConsoleLoginRecord({ at: NOON, sessionName: 'mallory' }),
      ],
      ['old news', aStrangersUse({ at: NOON - 25 * 60 * MINUTE })],
    ])('leaves %s alone', async (_what, record) => {
      const { database, onEvent, logger } = await setUp();
      await onEvent(anEvent(record));
      expect(await list(database)).toEqual([]);
      expect(logger.warn).not.toHaveBeenCalled();
    });

    it('leaves sessions of ours alone, recorded or just being issued', async () => {
      const { database, onEvent } = await setUp();
      const lease = anActiveLeaseRow({ roleArn: ROLE_ARN });
      const sessionName = `mary@${lease.id}`;
      const session = { leaseId: lease.id, roleArn: ROLE_ARN, sessionName };
      await database.leases.insert(lease);
      await database.sessions.insert(
        aSessionRow({ ...session, accessKeyId: 'ASIAOURS000000000001' }),
      );
      await database.sessions.insert(
        aSessionRow({ ...session, state: 'issuing', accessKeyId: undefined }),
      );
      const issued = (issuedKeyId: string, at: number) =>
        anEvent(aStrangersUse({ sessionName, issuedKeyId, at }));
      await onEvent(issued('ASIAOURS000000000001', NOON - 9 * MINUTE));
      await onEvent(issued('ASIANOTYET0000000001', NOON));
      expect(await list(database)).toEqual([]);
      await onEvent(issued('ASIANOTYET0000000001', NOON - 9 * MINUTE));
      expect(await list(database)).toHaveLength(1);
    });

    it('the logs bear a use out, and then say what it was', async () => {
      const { database, onEvent, source, scan, clock } = await setUp();
      await onEvent(anEvent(aStrangersUse()));
      source.records = [aStrangersUse()];
      clock.advance({ minutes: 5 });
      expect(await scan()).toBe(0);
      const [use] = await list(database);
      expect(use).toMatchObject({
        via: 'topic',
        seenInLogs: true,
        version: 2,
        accessKeyIds: [EVENT_KEY],
      });
      expect(use.words).not.toContain('event');
      const [entry] = await database.audit.list(
        { action: 'unbrokered.confirmed' },
        { limit: 1 },
      );
      expect(entry.details).toMatchObject({
        unbrokeredId: use.id,
        reopened: false,
      });
    });

    it('what was decided on a forged event is void when the logs name somebody else', async () => {
      const { database, onEvent, source, scan, clock } = await setUp();
      await onEvent(anEvent(aStrangersUse({ callerArn: SEALED_USER })));
      const [{ id, version }] = await list(database);
      await database.unbrokered.update(id, version, {
        state: 'accepted',
        justifiedBy: 'user:default/carla',
        justification: 'A drill',
      });
      source.records = [aStrangersUse()];
      clock.advance({ minutes: 5 });
      await scan();
      expect(await database.unbrokered.get(id)).toMatchObject({
        state: 'open',
        principal: 'arn:aws:iam::111122223333:user/mallory',
        owner: 'group:default/incident-responders',
        seenInLogs: true,
      });
      expect((await database.unbrokered.get(id))!.justifiedBy).toBeUndefined();
    });

    it.each(['accepted', 'flagged'] as const)(
      'what was %s as not in the logs is open again, with its alarm, when they have it',
      async state => {
        const { database, onEvent, source, scan, clock } = await setUp();
        await onEvent(anEvent(aStrangersUse()));
        const [{ id, version }] = await list(database);
        await database.unbrokered.update(id, version, {
          state,
          words: `X.${NOT_IN_LOGS}`,
          justifiedBy: 'user:default/carla',
          collectDueAt: undefined,
        });
        await database.outbox.claim(NOON, 50, 60 * MINUTE);
        source.records = [aStrangersUse()];
        clock.advance({ minutes: 5 });
        await scan();
        const use = (await database.unbrokered.get(id))!;
        expect(use).toMatchObject({
          state: 'open',
          seenInLogs: true,
          dueAt: clock.now() + 24 * 60 * MINUTE,
          collectDueAt: clock.now(),
        });
        expect(use.justifiedBy).toBeUndefined();
        const told = await database.outbox.claim(clock.now(), 9, MINUTE);
        expect(told.map(({ message }) => message)).toMatchObject([
          { kind: 'notification', severity: 'critical' },
          { kind: 'signal', unbrokeredId: id },
        ]);
      },
    );

    it('what was explained stays explained when the logs name the same', async () => {
      const { database, onEvent, source, scan, clock } = await setUp();
      await onEvent(anEvent(aStrangersUse()));
      const [{ id, version }] = await list(database);
      await database.unbrokered.update(id, version, { state: 'justified' });
      source.records = [aStrangersUse()];
      clock.advance({ minutes: 5 });
      await scan();
      expect(await database.unbrokered.get(id)).toMatchObject({
        state: 'justified',
        seenInLogs: true,
      });
    });

    it('says when the logs of that time are there and do not have it', async () => {
      const { database, onEvent, source, scan, clock } = await setUp();
      await onEvent(anEvent(aStrangersUse()));
      clock.advance({ minutes: 15 });
      await scan();
      const words = async () => (await list(database))[0].words;
      expect(await words()).toContain('do not have it yet');
      source.unreadable = ['a.json.gz: is damaged'];
      clock.advance({ minutes: 15 });
      await scan();
      expect(await words()).toContain('do not have it yet');
      source.unreadable = [];
      clock.advance({ minutes: 15 });
      await scan();
      expect(await words()).toContain('the event was forged');
      source.records = [aStrangersUse()];
      clock.advance({ minutes: 15 });
      await scan();
      expect(await words()).not.toContain('forged');
    });

    it.each<[string, unknown]>([
      ['nothing', undefined],
      ['a number', 7],
      ['no JSON', '{"source":'],
      ['another event', { source: 'aws.ec2', detail: {} }],
      ['no detail', { ...anEvent(aStrangersUse()), detail: undefined }],
      [
        'no event id',
        anEvent(aStrangersUse({ change: { eventID: '\u0000' } })),
      ],
      ['a time to come', anEvent(aStrangersUse({ at: NOON + 60 * MINUTE }))],
      [
        'a megabyte',
        { ...anEvent(aStrangersUse()), padding: 'x'.repeat(1_000_000) },
      ],
      ['a megabyte of text', `{"x":"${'x'.repeat(1_000_000)}"}`],
      [
        'endless envelopes',
        inSns(inSns(inSns(inSns(anEvent(aStrangersUse()))))),
      ],
    ])(
      'drops %s, and says so once a minute without quoting it',
      async (_what, payload) => {
        const { database, onEvent, logger, clock } = await setUp();
        await onEvent(payload);
        await onEvent(payload);
        expect(await list(database)).toEqual([]);
        expect(logger.warn).toHaveBeenCalledTimes(1);
        const [[words]] = logger.warn.mock.calls;
        expect(words).toMatch(/^A message on the topic .*; it was dropped\.$/);
        expect(words.length).toBeLessThan(300);
        clock.advance({ minutes: 1 });
        await onEvent(payload);
        expect(logger.warn).toHaveBeenCalledTimes(2);
      },
    );

    it('a record in which everything is wrong harms nothing', async () => {
      const { database, onEvent } = await setUp();
      const record = aStrangersUse({
        change: {
          userIdentity: { type: 'IAMUser', arn: ['x'], accountId: {} },
          requestParameters: { roleArn: ROLE_ARN, roleSessionName: [] },
          sourceIPAddress: { toString: 'x' },
          ['__proto__']: { polluted: true },
        },
      });
      await onEvent(JSON.parse(JSON.stringify(anEvent(record))));
      expect(await list(database)).toHaveLength(1);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });

    it('pitfall 27: a secret in an event is never stored', async () => {
      const { database, onEvent } = await setUp();
      const token = `IQoJb3JpZ2luX2VjE${'A'.repeat(80)}`;
      await onEvent(anEvent(aStrangersUse({ change: { userAgent: token } })));
      const uses = await list(database);
      const entries = await database.audit.list({}, { limit: 10 });
      expect(uses).toHaveLength(1);
      expect(JSON.stringify([uses, entries])).not.toContain('IQoJ');
    });

    it('pitfall 41: forged events add a hundred uses an hour, and the logs the others', async () => {
      const { database, onEvent, source, scan, clock } = await setUp();
      const flood = Array.from({ length: MOST_PER_HOUR + 5 }, (_, index) =>
        aStrangersUse({
          // Another key under one name and second counts as another use.
          sessionName: index % 2 ? 'mallory' : `mallory-${index}`,
          issuedKeyId: `ASIAFLOOD${String(index).padStart(11, '0')}`,
        }),
      );
      for (const record of flood) {
        await onEvent(anEvent(record));
      }
      expect(await database.unbrokered.count({})).toBe(MOST_PER_HOUR);
      const capped = await database.audit.list(
        { action: 'unbrokered.topic-capped' },
        { limit: 9 },
      );
      expect(capped).toHaveLength(1);
      source.records = flood;
      clock.advance({ minutes: 5 });
      expect(await scan()).toBe(5);
    });

    it('an outage is no failure of the event: the logs will tell', async () => {
      const { onEvent, database, logger } = await setUp();
      const find = jest
        .spyOn(database.sessions, 'byAccessKeys')
        .mockRejectedValue(new Error('connection lost'));
      await onEvent(anEvent(aStrangersUse()));
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('the logs will tell'),
      );
      find.mockRestore();
    });

    it('a standing session may be faster as an event than as a record of ours', async () => {
      const { database } = await open();
      const { room } = unbrokeredRoom(database, { roleIds: ['read-only'] });
      const roleArn = ROLE_ARN.replace('BreakGlassAdmin', 'ReadOnly');
      const name = `alice@${anId()}`;
      const event = (sessionName: string) =>
        anEvent(aStrangersUse({ roleArn, sessionName, at: NOON }));
      await room.topic.onEvent(event(name));
      expect(await list(database)).toEqual([]);
      await room.topic.onEvent(event('alice'));
      expect(await list(database)).toHaveLength(1);
    });
  });
});
