import {
  aConsoleLoginRecord,
  anAssumeRoleRecord,
  aSwitchRoleRecord,
  ROLE_ARN,
} from 'backstage-plugin-break-glass-node/testUtils';
import { Database, LeaseRow, SessionRow } from '../database/types';
import { checkSessionName, probeSessionName } from '../federation/sessionName';
import { describeDatabases } from '../testing/databases';
import { anActiveLeaseRow, anId, aSessionRow, NOON } from '../testing/rows';
import { unexplained } from './judgeUses';
import { observe } from './observe';
import {
  aSealedSignIn,
  aStrangersUse,
  SEAL_HOLDERS,
  SEALED_USER,
  unbrokeredRoom,
} from './testing';
import { WatchedUse } from './WatchList';

jest.setTimeout(60_000);

const MINUTE = 60_000;
const OUR_KEY = 'ASIAOURS000000000001';
const list = (database: Database) =>
  database.unbrokered.list({}, { limit: 100 });

/** A session of a lease, of which AWS's record is at the same time. */
async function ours(
  database: Database,
  change: Partial<SessionRow> = {},
): Promise<{ lease: LeaseRow; session: SessionRow }> {
  const lease = anActiveLeaseRow({ roleArn: ROLE_ARN });
  const session = aSessionRow({
    leaseId: lease.id,
    roleArn: ROLE_ARN,
    sessionName: `mary@${lease.id}`,
    accessKeyId: OUR_KEY,
    requestedAt: NOON - 5 * MINUTE,
    ...change,
  });
  await database.leases.insert(lease);
  await database.sessions.insert(session);
  return { lease, session };
}

const recordOf = (session: SessionRow, change: object = {}) =>
  aStrangersUse({
    sessionName: session.sessionName,
    issuedKeyId: session.accessKeyId,
    ...change,
  });

describeDatabases((_name, open) => {
  const setUp = async (change: Parameters<typeof unbrokeredRoom>[1] = {}) => {
    const { database } = await open();
    return unbrokeredRoom(database, change);
  };

  describe('the scan for unbrokered use', () => {
    it('makes a use an item once, with alarm, audit entry and signal', async () => {
      const { database, source, scan, clock } = await setUp();
      source.records = [aStrangersUse()];
      expect(await scan()).toBe(1);
      const [use, ...others] = await list(database);
      expect(others).toEqual([]);
      expect(use).toMatchObject({
        state: 'open',
        kind: 'assume-role',
        via: 'search',
        seenInLogs: true,
        at: NOON - 5 * MINUTE,
        foundAt: NOON,
        accountRef: 'resource:default/payroll',
        roleId: 'break-glass',
        sessionName: 'mallory',
        accessKeyIds: ['ASIASTRANGER00000001'],
        owner: 'group:default/incident-responders',
        dueAt: NOON + 24 * 60 * MINUTE,
      });
      const messages = await database.outbox.claim(NOON, 10, MINUTE);
      expect(messages.map(({ message }) => message)).toEqual([
        expect.objectContaining({
          kind: 'notification',
          severity: 'critical',
          recipients: ['group:default/incident-responders'],
        }),
        { kind: 'signal', unbrokeredId: use.id },
      ]);
      const audit = () =>
        database.audit.list({ action: 'unbrokered.found' }, { limit: 9 });
      expect(await audit()).toMatchObject([
        { actor: 'system', details: { unbrokeredId: use.id } },
      ]);
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(0);
      expect(await audit()).toHaveLength(1);
      expect(JSON.stringify(messages)).not.toContain('mallory');
    });

    it('what cannot be audited is no item, and is found again', async () => {
      const { database, source, scan, audit, clock } = await setUp();
      source.records = [aStrangersUse()];
      const record = jest
        .spyOn(audit, 'record')
        .mockRejectedValue(new Error('full'));
      await scan();
      expect(await list(database)).toEqual([]);
      record.mockRestore();
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(1);
    });

    it('is explained by a session of a lease, and of a standing role', async () => {
      const { database, source, scan } = await setUp();
      const { session } = await ours(database);
      const standing = aSessionRow({
        roleArn: ROLE_ARN,
        sessionName: `mary@${anId()}`,
        accessKeyId: 'ASIASTANDING00000001',
      });
      await database.sessions.insert(standing);
      source.records = [recordOf(session), recordOf(standing)];
      expect(await scan()).toBe(0);
    });

    it.each<[string, Partial<SessionRow>]>([
      ['key', { accessKeyId: 'ASIAOTHER00000000001' }],
      ['name', { sessionName: 'mary@other' }],
      ['role', { roleArn: `${ROLE_ARN}2` }],
      ['account', { accountId: '222233334444' }],
      ['partition', { partition: 'aws-us-gov' }],
    ])(
      'I7: is not explained by a session of another %s',
      async (_what, other) => {
        const { database, source, scan } = await setUp();
        const { session } = await ours(database, other);
        source.records = [
          recordOf(
            { ...session, accessKeyId: OUR_KEY },
            { sessionName: `mary@${session.leaseId}` },
          ),
        ];
        expect(await scan()).toBe(1);
      },
    );

    it('is explained where it was assumed from a session of ours: then it is in that evidence', async () => {
      const { database, source, scan } = await setUp();
      const { session } = await ours(database);
      const caller = {
        type: 'AssumedRole',
        arn: `arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/${session.sessionName}`,
        accessKeyId: OUR_KEY,
      };
      source.records = [
        aStrangersUse({ change: { userIdentity: caller } }),
        aStrangersUse({
          sessionName: 'not-ours',
          change: { userIdentity: { ...caller, accessKeyId: 'ASIAOTHER' } },
        }),
      ];
      expect(await scan()).toBe(1);
      expect(await list(database)).toMatchObject([{ sessionName: 'not-ours' }]);
    });

    it('pitfall 38: a stranger under a lease’s name is an item that points at the requester, who does not own it', async () => {
      const { database, source, scan } = await setUp();
      const { lease, session } = await ours(database);
      source.records = [
        recordOf(session),
        recordOf(session, { issuedKeyId: 'ASIASTRANGER00000001' }),
      ];
      expect(await scan()).toBe(1);
      expect(await list(database)).toMatchObject([
        {
          leaseId: lease.id,
          person: 'user:default/mary',
          owner: 'group:default/incident-responders',
          accessKeyIds: ['ASIASTRANGER00000001'],
          words: expect.stringContaining('carries the name of a lease'),
        },
      ]);
    });

    describe('an answer that was lost', () => {
      const KEYS = ['A', 'B', 'C'].map(each => `ASIALOST00000000000${each}`);
      const LOST = 'never got the answer: this may be it';
      /** The words of what was found, oldest first. */
      const wordsOf = async (database: Database) =>
        (await list(database)).reverse().map(({ words }) => words);

      /** A session without a key, asked for five minutes before noon and given up a minute later. */
      const lostOne = (database: Database, change: Partial<SessionRow> = {}) =>
        ours(database, {
          state: 'discarded',
          accessKeyId: undefined,
          issuedAt: NOON - 4 * MINUTE,
          expiresAt: NOON + 60 * MINUTE,
          errorCode: 'aws-unavailable',
          ...change,
        });

      it.each(['issuing', 'discarded'] as const)(
        'is an item all the same (%s), and says so beside every warning',
        async state => {
          const { database, source, scan } = await setUp();
          const { session } = await lostOne(database, { state });
          source.records = [
            recordOf(session, {
              issuedKeyId: KEYS[0],
              change: {
                userIdentity: {
                  type: 'AssumedRole',
                  accountId: '555566667777',
                  arn: 'arn:aws:sts::555566667777:assumed-role/Broker/portal',
                },
              },
            }),
          ];
          expect(await scan()).toBe(1);
          const [words] = await wordsOf(database);
          expect(words).toContain(LOST);
          expect(words).toContain('with a key that the portal never issued');
          expect(words).toContain('its keys are in other hands');
        },
      );

      it.each<[string, number, Partial<SessionRow>]>([
        ['before it was asked for', -7, {}],
        ['after it was given up', -2, {}],
        ['minutes after it was asked for', -1, { state: 'issuing' }],
      ])('explains nothing that began %s', async (_when, minutes, change) => {
        const { database, source, scan, clock } = await setUp();
        const { session } = await lostOne(database, {
          ...(change.state === 'issuing' && { issuedAt: undefined }),
          ...change,
        });
        clock.advance({ minutes: 10 });
        source.records = [
          recordOf(session, {
            issuedKeyId: KEYS[0],
            at: NOON + minutes * MINUTE,
          }),
        ];
        expect(await scan()).toBe(1);
        const [words] = await wordsOf(database);
        expect(words).not.toContain(LOST);
        expect(words).toContain('with a key that the portal never issued');
      });

      it('explains what begins soon after it was asked for, where the portal stopped', async () => {
        const { database, source, scan } = await setUp();
        const { session } = await lostOne(database, {
          state: 'issuing',
          issuedAt: undefined,
        });
        source.records = [
          recordOf(session, { issuedKeyId: KEYS[0], at: NOON - 3 * MINUTE }),
        ];
        await scan();
        expect((await wordsOf(database))[0]).toContain(LOST);
      });

      it('explains one use, in whatever run the next is found', async () => {
        const { database, source, scan, clock } = await setUp();
        const { session } = await lostOne(database);
        const [first, second, third] = KEYS.map(issuedKeyId =>
          recordOf(session, { issuedKeyId }),
        );
        source.records = [first, second];
        expect(await scan()).toBe(2);
        clock.advance({ minutes: 20 });
        source.records = [third];
        expect(await scan()).toBe(1);
        const words = await wordsOf(database);
        expect(words.filter(each => each.includes(LOST))).toHaveLength(1);
        // Found again, it stays the one; what was found after it does not become another.
        const again = await unexplained(
          database,
          [third, second, first].map(record => ({
            use: observe(record)!,
            watched: {} as WatchedUse,
          })),
        );
        expect(again.map(({ resembles }) => resembles)).toEqual([
          undefined,
          undefined,
          'issuing',
        ]);
      });

      it('explains none where the answer did come and was thrown away', async () => {
        const { database, source, scan } = await setUp();
        const { session } = await lostOne(database, {
          errorCode: 'broker-answer',
        });
        source.records = [recordOf(session, { issuedKeyId: KEYS[0] })];
        await scan();
        expect((await wordsOf(database))[0]).not.toContain(LOST);
      });

      it('explains no sign-in: somebody has those credentials', async () => {
        const { database, source, scan, clock } = await setUp();
        const { session } = await lostOne(database);
        source.records = [
          aSwitchRoleRecord({
            at: NOON - 5 * MINUTE,
            sessionName: session.sessionName,
            userArn: 'arn:aws:iam::111122223333:user/mallory',
          }),
        ];
        clock.advance({ minutes: 40 });
        expect(await scan()).toBe(1);
        const [words] = await wordsOf(database);
        expect(words).not.toContain(LOST);
      });
    });

    it('a probe of a killed lease is ours by the key in the audit log, never by its name', async () => {
      const { database, source, scan } = await setUp();
      const { lease } = await ours(database);
      await database.audit.append({
        at: NOON,
        actor: 'system',
        action: 'lease.kill-probe',
        outcome: 'done',
        leaseId: lease.id,
        details: { accessKeyId: 'ASIAPROBE00000000001' },
      });
      const sessionName = probeSessionName(lease.id);
      source.records = [
        aStrangersUse({ sessionName, issuedKeyId: 'ASIAPROBE00000000001' }),
        aStrangersUse({ sessionName, issuedKeyId: 'ASIATHIEF00000000001' }),
      ];
      expect(await scan()).toBe(1);
      expect(await list(database)).toMatchObject([
        {
          accessKeyIds: ['ASIATHIEF00000000001'],
          words: expect.stringContaining('hides behind the name'),
        },
      ]);
    });

    it('a check of the broker is ours by the key that it noted, never by its name', async () => {
      const { database, source, scan } = await setUp();
      const checkId = anId();
      const noted = 'ASIACHECK00000000001';
      await database.brokerChecks.addKeys(
        checkId,
        [{ accessKeyId: noted, roleArn: ROLE_ARN }],
        NOON,
      );
      const sessionName = checkSessionName(checkId);
      source.records = [
        aStrangersUse({ sessionName, issuedKeyId: noted }),
        aStrangersUse({ sessionName, issuedKeyId: 'ASIATHIEF00000000001' }),
        aStrangersUse({ sessionName: 'mallory', issuedKeyId: noted }),
      ];
      expect(await scan()).toBe(2);
    });

    it('refused calls and failed sign-ins are no use', async () => {
      const { source, scan } = await setUp();
      source.records = [
        aStrangersUse({
          change: {
            errorCode: 'AccessDenied',
            requestParameters: null,
            responseElements: null,
          },
        }),
        aSealedSignIn({
          errorMessage: 'Failed authentication',
          responseElements: { ConsoleLogin: 'Failure' },
        }),
      ];
      expect(await scan()).toBe(0);
    });

    it('an emergency user is explained by who holds its seal', async () => {
      const { database, source, scan } = await setUp();
      source.records = [
        aSealedSignIn(),
        aStrangersUse({ callerArn: SEALED_USER, sessionName: 'drill' }),
      ];
      expect(await scan()).toBe(2);
      const uses = await list(database);
      expect(uses.map(use => [use.kind, use.emergencyUser, use.owner])).toEqual(
        expect.arrayContaining([
          ['console-sign-in', 'Seal 1', SEAL_HOLDERS],
          ['assume-role', 'Seal 1', SEAL_HOLDERS],
        ]),
      );
    });

    it('both records of a cross-account call, and its switch in the console, are one use', async () => {
      const { database, source, scan, clock } = await setUp();
      const arn = 'arn:aws:iam::555566667777:user/mallory';
      const mine = aStrangersUse({ callerArn: arn, accountId: '555566667777' });
      const theirs = aStrangersUse({
        change: {
          userIdentity: {
            type: 'AWSAccount',
            principalId: 'AIDAMALLORY',
            accountId: '555566667777',
          },
        },
      });
      source.records = [
        theirs,
        mine,
        aSwitchRoleRecord({
          at: NOON - 5 * MINUTE + 1_000,
          sessionName: 'mallory',
          userArn: arn,
        }),
      ];
      clock.advance({ minutes: 40 });
      expect(await scan()).toBe(1);
      expect(await list(database)).toMatchObject([{ principal: arn }]);
    });

    it('the account that names who it was may deliver later', async () => {
      const { database, source, scan, clock } = await setUp();
      const userIdentity = { type: 'AWSAccount', principalId: 'AIDAMALLORY' };
      source.records = [aStrangersUse({ change: { userIdentity } })];
      await scan();
      source.records.push(aStrangersUse({ accountId: '555566667777' }));
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(0);
      expect(await list(database)).toMatchObject([
        { principal: 'arn:aws:iam::111122223333:user/mallory', version: 2 },
      ]);
    });

    it('two sessions of one name in one second are two uses, however often they are seen', async () => {
      const { database, source, scan, clock } = await setUp();
      source.records = [
        aStrangersUse(),
        aStrangersUse({ issuedKeyId: 'ASIASTRANGER00000002' }),
      ];
      expect(await scan()).toBe(2);
      clock.advance({ minutes: 15 });
      source.records.reverse();
      expect(await scan()).toBe(0);
      expect(await list(database)).toHaveLength(2);
    });

    it('a console sign-in with a session of ours is explained with it', async () => {
      const { database, source, scan, clock } = await setUp();
      const { session } = await ours(database);
      const signIn = aConsoleLoginRecord({
        at: NOON - 4 * MINUTE,
        sessionName: session.sessionName,
        accessKeyId: 'ASIACONSOLE000000001',
      });
      source.records = [recordOf(session), signIn];
      clock.advance({ minutes: 40 });
      expect(await scan()).toBe(0);
    });

    it('a console sign-in waits for the record of its session, and becomes an item without one', async () => {
      const { source, scan, clock } = await setUp();
      source.records = [
        aConsoleLoginRecord({ at: NOON - 4 * MINUTE, sessionName: 'mallory' }),
      ];
      expect(await scan()).toBe(0);
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(0);
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(1);
    });

    it('pitfall 19: a file that came late is found by the next look', async () => {
      const { source, scan, clock } = await setUp();
      await scan();
      clock.advance({ minutes: 30 });
      await scan();
      source.records = [aStrangersUse({ at: NOON + MINUTE })];
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(1);
    });

    it('moves on only past what was read whole, and says what was not', async () => {
      const { database, source, scan, clock } = await setUp();
      const commercial = async () =>
        (await database.unbrokered.scans()).find(
          ({ name }) => name === 'logs:aws',
        );
      source.unreadable = ['a.json.gz: is damaged'];
      source.records = [aStrangersUse()];
      expect(await scan()).toBe(1);
      expect(await commercial()).toMatchObject({
        scannedTo: NOON - 2 * 24 * 60 * MINUTE,
        problem: expect.stringContaining('a.json.gz: is damaged'),
      });
      source.unreadable = [];
      clock.advance({ minutes: 15 });
      await scan();
      expect(await commercial()).toEqual({
        name: 'logs:aws',
        scannedTo: NOON + 15 * MINUTE,
      });
      const [first, , again] = source.queries;
      expect(again.from).toBe(first.from);
    });

    it('a time in which no log was delivered is said, and looked through when the logs are there', async () => {
      const { database, source, scan, clock } = await setUp();
      source.regions = [];
      for (let round = 0; round < 12; round++) {
        await scan();
        clock.advance({ minutes: 15 });
      }
      expect(await database.unbrokered.scans()).toContainEqual({
        name: 'logs:aws',
        scannedTo: NOON - 2 * 24 * 60 * MINUTE,
        problem: expect.stringContaining('No account delivered any log'),
      });
      source.regions = ['eu-central-1'];
      source.records = [aStrangersUse({ at: NOON + 5 * MINUTE })];
      expect(await scan()).toBe(1);
      expect(await database.unbrokered.scans()).toContainEqual({
        name: 'logs:aws',
        scannedTo: clock.now(),
      });
    });

    it('a source that is down is said, and made up for', async () => {
      const { database, source, scan, clock, logger } = await setUp();
      source.failure = new Error('Athena is away');
      source.records = [aStrangersUse()];
      expect(await scan()).toBe(0);
      expect(logger.warn).toHaveBeenCalledTimes(2);
      expect((await database.unbrokered.scans())[0].problem).toContain(
        'Athena is away',
      );
      source.failure = undefined;
      clock.advance({ minutes: 15 });
      expect(await scan()).toBe(1);
    });

    it('pitfall 25: two replicas never make the same scan', async () => {
      const { source, scan, other, clock } = await setUp();
      source.records = [aStrangersUse()];
      const replicas = [other(), other(), other()];
      const found = await Promise.all(replicas.map(each => scan(each)));
      expect(found.reduce((a, b) => a + b)).toBe(1);
      // One query for each partition.
      expect(source.queries).toHaveLength(2);
      clock.advance({ minutes: 14 });
      await scan();
      expect(source.queries).toHaveLength(2);
    });

    it('pitfall 26: a scan that died half-way is made again', async () => {
      const { database, source, scan, clock } = await setUp();
      await database.unbrokered.claimScan('logs:aws', NOON, NOON + 12 * MINUTE);
      source.records = [aStrangersUse()];
      expect(await scan()).toBe(0);
      clock.advance({ minutes: 12 });
      expect(await scan()).toBe(1);
    });

    it('asks for what is trusted only, in accounts, roles and users', async () => {
      const { source, scan } = await setUp();
      await scan();
      const [commercial, gov] = source.queries;
      expect(commercial).toMatchObject({
        partition: 'aws',
        accountIds: [
          '111122223333',
          '222233334444',
          '333344445555',
          '555566667777',
        ],
        userArns: [SEALED_USER],
      });
      expect(commercial.roleArns).toEqual(
        commercial.accountIds.map(
          id => `arn:aws:iam::${id}:role/break-glass/BreakGlassAdmin`,
        ),
      );
      expect(gov).toMatchObject({
        partition: 'aws-us-gov',
        accountIds: ['444455556666'],
      });
    });

    it('pitfall 41: a flood of uses raises twenty alarms and one for the rest', async () => {
      const { database, source, scan } = await setUp();
      source.records = Array.from({ length: 30 }, (_, index) =>
        aStrangersUse({ sessionName: `mallory-${index}` }),
      );
      expect(await scan()).toBe(30);
      const messages = await database.outbox.claim(NOON, 200, MINUTE);
      const alarms = messages.filter(
        ({ message }) => message.kind === 'notification',
      );
      expect(alarms).toHaveLength(21);
    });

    it('pitfall 27: hostile and secret texts are stored as short lines, or not at all', async () => {
      const { database, source, scan } = await setUp();
      const token = `IQoJb3JpZ2luX2VjE${'A'.repeat(80)}`;
      source.records = [
        anAssumeRoleRecord({
          at: NOON - MINUTE,
          sessionName: 'x',
          change: {
            userIdentity: {
              type: 'IAMUser',
              arn: `arn:aws:iam::111122223333:user/\u202e<b>\n${'x'.repeat(
                999,
              )}`,
            },
            userAgent: `curl\u0000\r\n${token}`,
            sourceIPAddress: '203.0.113.7\u001b[31m',
          },
        }),
      ];
      expect(await scan()).toBe(1);
      const [use] = await list(database);
      expect(use.principal).toHaveLength(512);
      for (const text of [use.principal, use.userAgent, use.sourceIp]) {
        // eslint-disable-next-line no-control-regex
        expect(text).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
      }
      expect(JSON.stringify(use)).not.toContain('IQoJ');
    });
  });
});
