import {
  ACCOUNT_ID,
  aDataEventRecord,
  BROKER_ACCOUNT_ID,
  delivered,
  DeliveredRecord,
  idsIn,
  idsOf,
  patient,
  RECORDED_KEY_ID,
  ROLE_ARN,
  Scene,
  SESSION_NAME,
} from 'backstage-plugin-break-glass-node/testUtils';
import {
  policy,
  readerRole,
  SECOND_ACCOUNT_ID,
  THIRD_ACCOUNT_ID,
} from './__testUtils__/accounts';
import { EventHistoryUnderTest } from './__testUtils__/EventHistoryUnderTest';
import { EventHistory } from './EventHistory';

const DAY = 86_400_000;
const AT = Date.parse('2026-10-01T11:00:00Z');
const scene = new Scene(AT);
const closedRole = { roles: [] };

describe('EventHistoryActivitySource', () => {
  let opened: EventHistoryUnderTest;

  const open = async (
    records: DeliveredRecord[] = [],
    given: Parameters<typeof EventHistoryUnderTest.open>[0] = {},
  ) => {
    opened = await EventHistoryUnderTest.open({ records, ...given });
    return opened;
  };
  afterEach(() => opened.close());

  it('finds a record once that several lookups find', async () => {
    const { source } = await open([
      scene.call({ accessKeyId: RECORDED_KEY_ID }),
    ]);
    const { records } = await source.search(scene.query(), patient());
    expect(records).toHaveLength(1);
  });

  it('pitfall 20: finds the AssumeRole that a session made, by its name or its key', async () => {
    const chained = (sessionName: string, accessKeyId: string) =>
      scene.call({
        sessionName,
        accessKeyId,
        change: {
          eventSource: 'sts.amazonaws.com',
          eventName: 'AssumeRole',
          requestParameters: {
            roleArn: 'arn:aws:iam::111122223333:role/DataPipeline',
            roleSessionName: 'pipeline',
          },
        },
      });
    const wanted = [
      chained(SESSION_NAME, RECORDED_KEY_ID),
      chained(SESSION_NAME, 'ASIAEXAMPLECONSOLE01'),
    ];
    const others = [chained('mary', 'ASIAEXAMPLEMARY00001')];
    const { source } = await open([...wanted, ...others]);
    const result = await source.search(scene.query(), patient());
    expect(idsIn(result)).toEqual(idsOf(wanted));
  });

  it('assumes the reader role under a name of its own, as this product', async () => {
    const { source, sandbox, clock } = await open([], { now: AT });
    await source.search(scene.query({ to: AT }), patient());
    await sandbox.deliverNow();
    clock.time += 1_000;
    const { records } = await source.searchUses(
      scene.uses({
        accountIds: [ACCOUNT_ID],
        roleArns: [
          `arn:aws:iam::${ACCOUNT_ID}:role/break-glass/ActivityReader`,
        ],
      }),
      patient(),
    );
    expect(records).toMatchObject([
      {
        awsRegion: 'eu-central-1',
        userAgent: expect.stringContaining('break-glass-for-backstage'),
        requestParameters: { roleSessionName: 'break-glass-activity' },
      },
    ]);
  });

  it('passes the external id where the role asks for it', async () => {
    const accountId = SECOND_ACCOUNT_ID;
    const wanted = scene.call({ accountId });
    const { source } = await open([wanted]);
    const result = await source.search(scene.query({ accountId }), patient());
    expect(idsIn(result)).toEqual(idsOf([wanted]));
  });

  describe('what is gone after 90 days', () => {
    it('finds nothing that is wholly older, asks for nothing, and says so', async () => {
      const { source, sandbox } = await open([scene.call()], {
        now: AT + 92 * DAY,
      });
      sandbox.faults.inject({ effect: 'error' });
      const { records, coverage } = await source.search(
        scene.query(),
        patient(),
      );
      expect(records).toEqual([]);
      expect(coverage).toMatchObject({ regions: [], unreadable: [] });
      expect(coverage.blindSpots!.join(' ')).toContain(
        'keeps 90 days: what was done before 2026-10-03T11:00:00.000Z is gone',
      );
      const uses = await source.searchUses(scene.uses(), patient());
      expect(uses.coverage.blindSpots).toEqual(coverage.blindSpots);
    });

    it('finds what is left of what is partly older, and says so', async () => {
      const wanted = scene.call({ at: AT + 60_000 });
      const { source } = await open([scene.call({ at: AT - 60_000 }), wanted], {
        now: AT + 90 * DAY,
      });
      const result = await source.search(scene.query(), patient());
      expect(idsIn(result)).toEqual(idsOf([wanted]));
      expect(result.coverage.blindSpots!.join(' ')).toContain('90 days');
    });

    it('says nothing of it where all is still there', async () => {
      const { source } = await open();
      const { coverage } = await source.search(scene.query(), patient());
      expect(coverage.blindSpots!.join(' ')).not.toContain('90 days');
    });
  });

  it('says which regions it looked in, and that data events are not there', async () => {
    const { source } = await open([
      delivered(aDataEventRecord({ at: AT, sessionName: SESSION_NAME })),
    ]);
    const { records, coverage } = await source.search(scene.query(), patient());
    expect(records).toEqual([]);
    expect(coverage.dataEvents).toBe('unknown');
    expect(coverage.blindSpots!.join(' ')).toMatch(
      /no data events.*eu-central-1, eu-west-1, us-east-1/,
    );
  });

  it('counts a region that delivered for others only', async () => {
    const { source } = await open([
      scene.call({ region: 'eu-west-1', sessionName: 'mary' }),
    ]);
    const { coverage } = await source.search(scene.query(), patient());
    expect(coverage.regions).toEqual(['eu-west-1']);
  });

  it('takes nothing before the end for a sign that the history ran on', async () => {
    const { source } = await open([scene.call()]);
    const query = scene.query({ to: AT + 1 });
    const { coverage } = await source.search(query, patient());
    expect(coverage.trailRunningAtEnd).toBe(false);
  });

  it('asks for nothing from the time to come', async () => {
    const { source } = await open([scene.call()], { now: AT });
    const ask = jest.spyOn(EventHistory.prototype, 'holdsAny');
    const { coverage } = await source.search(scene.query(), patient());
    const starts = ask.mock.calls.map(([, { from }]) => from);
    ask.mockRestore();
    expect(coverage.trailRunningAtEnd).toBe(false);
    expect(Math.max(...starts)).toBeLessThanOrEqual(AT);
  });

  describe('regions that refuse', () => {
    const readingOnlyIn = (...regions: string[]) =>
      readerRole({
        inline: {
          EventHistory: policy({
            Effect: 'Allow',
            Action: 'cloudtrail:LookupEvents',
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': regions } },
          }),
        },
      });

    it('names one with the fix, and reads the others', async () => {
      const wanted = scene.call();
      const { source } = await open(
        [wanted, scene.call({ region: 'eu-west-1' })],
        {
          accounts: {
            [ACCOUNT_ID]: {
              roles: [readingOnlyIn('eu-central-1', 'us-east-1')],
            },
          },
        },
      );
      const result = await source.search(scene.query(), patient());
      expect(idsIn(result)).toEqual(idsOf([wanted]));
      expect(result.coverage.regions).toEqual(['eu-central-1']);
      expect(result.coverage.unreadable).toEqual([
        expect.stringMatching(
          /^The event history of eu-west-1 in account 111122223333 is closed.*cloudtrail:LookupEvents.*breakGlass\.activity\.cloudtrail\.partitions\.aws\.regions\.$/,
        ),
      ]);
    });

    it('is an error where all refuse', async () => {
      const { source } = await open([scene.call()], {
        accounts: { [ACCOUNT_ID]: { roles: [readingOnlyIn('eu-north-1')] } },
      });
      await expect(
        source.search(scene.query(), patient()),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining('us-east-1'),
      });
    });
  });

  it('pitfall 21: says where there is more than it may read', async () => {
    const records = Array.from({ length: 60 }, () => scene.call());
    const { source } = await open(records, { cloudtrail: { maxPages: 1 } });
    const result = await source.search(scene.query(), patient());
    expect(result.records).toHaveLength(50);
    expect(result.coverage.unreadable).toEqual([
      expect.stringMatching(/eu-central-1.*by Username.*maxPages/),
    ]);
  });

  it('pitfall 21: waits and asks again where AWS throttles', async () => {
    const wanted = scene.call();
    const { source, sandbox } = await open([wanted]);
    sandbox.faults.inject({
      service: 'cloudtrail',
      effect: 'throttle',
      times: 4,
    });
    const result = await source.search(scene.query(), patient());
    expect(idsIn(result)).toEqual(idsOf([wanted]));
    expect(result.coverage.unreadable).toEqual([]);
  });

  it.each([
    ['throttle' as const, 'callsPerSecond'],
    ['error' as const, 'look again later'],
    ['drop' as const, 'look again later'],
  ])(
    'pitfall 21: gives up in the end on %s, with words',
    async (effect, words) => {
      const { source, sandbox } = await open([scene.call()]);
      sandbox.faults.inject({ service: 'cloudtrail', effect });
      await expect(
        source.search(scene.query(), patient()),
      ).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining(words),
      });
    },
  );

  it.each(['sts', 'cloudtrail'])(
    'pitfall 21: stops at once while %s does not answer',
    async service => {
      const { source, sandbox } = await open([scene.call()]);
      sandbox.faults.inject({ service, effect: 'hold' });
      for (const search of [
        (signal: AbortSignal) => source.search(scene.query(), { signal }),
        (signal: AbortSignal) => source.searchUses(scene.uses(), { signal }),
      ]) {
        const controller = new AbortController();
        const searching = search(controller.signal);
        await sandbox.faults.untilHeld();
        controller.abort(new Error('given up'));
        await expect(searching).rejects.toThrow('given up');
      }
    },
  );

  it('stops what runs when it is closed', async () => {
    const { source, sandbox } = await open([scene.call()]);
    sandbox.faults.inject({ service: 'cloudtrail', effect: 'hold' });
    const searching = source.search(scene.query(), patient());
    await sandbox.faults.untilHeld();
    source.close();
    await expect(searching).rejects.toThrow('shutting down');
  });

  it('names the role and the trust that it lacks', async () => {
    const { source } = await open([], {
      accounts: { [ACCOUNT_ID]: closedRole },
    });
    await expect(source.search(scene.query(), patient())).rejects.toMatchObject(
      {
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          /role\/break-glass\/ActivityReader.*trust policy/,
        ),
      },
    );
  });

  it('has no broker for a partition that is not configured', async () => {
    const { source } = await open();
    await expect(
      source.search(scene.query({ partition: 'aws-cn' }), patient()),
    ).rejects.toThrow('breakGlass.partitions.aws-cn');
  });

  describe('uses', () => {
    const uses = scene.uses({
      accountIds: [ACCOUNT_ID, THIRD_ACCOUNT_ID],
      userArns: [],
    });

    it('says which account cannot be read, with the fix, and reads the others', async () => {
      const wanted = scene.assumeRole();
      const { source } = await open([wanted], {
        accounts: { [THIRD_ACCOUNT_ID]: closedRole },
      });
      const result = await source.searchUses(uses, patient());
      expect(idsIn(result)).toEqual(idsOf([wanted]));
      expect(result.coverage.unreadable).toEqual([
        expect.stringMatching(/333344445555:role\/break-glass\/ActivityReader/),
      ]);
    });

    it('is an error where no account can be read', async () => {
      const { source } = await open([], {
        accounts: {
          [ACCOUNT_ID]: closedRole,
          [THIRD_ACCOUNT_ID]: closedRole,
        },
      });
      await expect(source.searchUses(uses, patient())).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
    });

    it('claims that the history runs on only where every account has shown it', async () => {
      const later = (accountId: string) =>
        scene.call({ accountId, at: uses.to, sessionName: 'mary' });
      const { source, deliver } = await open([later(ACCOUNT_ID)]);
      const one = await source.searchUses(uses, patient());
      expect(one.coverage.trailRunningAtEnd).toBe(false);
      await deliver([later(THIRD_ACCOUNT_ID)]);
      const both = await source.searchUses(uses, patient());
      expect(both.coverage.trailRunningAtEnd).toBe(true);
    });

    it('finds a role of an account that is not looked at in the log of the caller', async () => {
      const wanted = scene.assumeRole({ accountId: BROKER_ACCOUNT_ID });
      const { source } = await open([wanted]);
      const result = await source.searchUses(
        { ...uses, accountIds: [BROKER_ACCOUNT_ID], roleArns: [ROLE_ARN] },
        patient(),
      );
      expect(idsIn(result)).toEqual(idsOf([wanted]));
    });
  });

  describe('probe', () => {
    it('tries the broker’s own account, unless told otherwise', async () => {
      const { source } = await open();
      expect(await source.probe()).toEqual({
        ok: true,
        words: expect.stringContaining(BROKER_ACCOUNT_ID),
      });
    });

    it('says the exact fix where the role is not there', async () => {
      const { source } = await open([], {
        accounts: { [BROKER_ACCOUNT_ID]: closedRole },
      });
      expect(await source.probe()).toEqual({
        ok: false,
        words: expect.stringMatching(
          /999988887777:role\/break-glass\/ActivityReader.*sts:AssumeRole/,
        ),
      });
    });

    it('says the exact fix where the role may look nothing up', async () => {
      const { source } = await open([], {
        accounts: {
          [BROKER_ACCOUNT_ID]: { roles: [readerRole({ inline: {} })] },
        },
      });
      expect(await source.probe()).toEqual({
        ok: false,
        words: expect.stringMatching(/us-east-1.*cloudtrail:LookupEvents/),
      });
    });
  });

  it('pitfall 27: nothing that it says holds a key of the broker or the reader', async () => {
    const { source, sandbox } = await open([scene.call()]);
    const remove = sandbox.faults.inject({
      service: 'cloudtrail',
      effect: 'deny',
    });
    const error = await source
      .search(scene.query(), patient())
      .catch(each => each);
    remove();
    const { coverage } = await source.search(scene.query(), patient());
    const said = JSON.stringify([
      error.message,
      error,
      coverage,
      await source.probe(),
    ]);
    expect(error.name).toBe('ServiceUnavailableError');
    expect(said).not.toMatch(/AKIA|ASIA|test-broker-secret/);
  });
});
