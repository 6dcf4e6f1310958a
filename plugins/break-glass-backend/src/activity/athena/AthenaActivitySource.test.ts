import {
  ACCOUNT_ID,
  BROKER_ACCOUNT_ID,
  DeliveredRecord,
  deliver,
  deliverFirehose,
  idsIn,
  idsOf,
  patient,
  Scene,
} from 'backstage-plugin-break-glass-node/testUtils';
import { Fault, TrailTableSeed } from 'aws-sandbox';
import { AthenaActivitySource } from './AthenaActivitySource';
import { AthenaCalls } from './AthenaCalls';
import { AthenaClients } from './AthenaClients';
import { QueryRunner } from './QueryRunner';
import { aLog } from './testing/aLog';
import {
  BROKER_CREDENTIALS,
  SandboxAthena,
  STREAM_TABLE,
  TRAIL_TABLE,
} from './testing/SandboxAthena';

const DAY = 86_400_000;
const scene = new Scene(Date.parse('2026-10-01T11:00:00Z'));
const NOW = scene.at + 5 * DAY;

let athena: SandboxAthena;
const sources: AthenaActivitySource[] = [];

afterEach(async () => {
  sources.splice(0).forEach(each => each.close());
  await athena.stop();
});

async function start(
  records: DeliveredRecord[],
  options?: Parameters<typeof SandboxAthena.start>[1],
): Promise<void> {
  athena = await SandboxAthena.start(NOW, options);
  deliver(records, athena.folderOf('trail'));
}

function source(...given: Parameters<SandboxAthena['source']>) {
  const made = athena.source(...given);
  sources.push(made);
  return made;
}

const search = (made: AthenaActivitySource, query = scene.query()) =>
  made.search(query, patient());

/** Event ids that some SQL over the whole trail finds, as somebody at the Athena console would write it. */
async function naive(where: string, values: string[]): Promise<string[]> {
  const clients = new AthenaClients(BROKER_CREDENTIALS, athena.clock);
  const calls = new AthenaCalls({
    clients,
    wait: athena.wait,
    random: () => 0,
  });
  const { clock, wait } = athena;
  const { rows } = await new QueryRunner({ calls, clock, wait }).run(
    aLog({ endpoint: athena.sandbox.url }),
    {
      sql: `SELECT eventid FROM trail WHERE account = ? AND ${where}`,
      parameters: [ACCOUNT_ID, ...values].map(value => `'${value}'`),
    },
    'naive',
    patient().signal,
  );
  clients.close();
  return rows.map(([id]) => String(id)).sort();
}

describe('attribution', () => {
  it('pitfall 17: a naive LIKE blames bob for bob2, DBAdmin and whoever writes his name; the search does not', async () => {
    const bobs = [scene.call({ sessionName: 'bob' })];
    const ofOthers = [
      scene.call({ sessionName: 'bob2' }),
      scene.call({ sessionName: 'sponge.bob' }),
      scene.call({
        sessionName: 'mallory',
        roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/bobcat`,
      }),
    ];
    await start([...bobs, ...ofOthers]);
    const wrong = await naive('useridentity.arn LIKE ?', ['%bob%']);
    const { records, coverage } = await search(
      source(),
      scene.query({ sessionName: 'bob', accessKeyIds: [] }),
    );
    expect(wrong).toEqual(idsOf([...bobs, ...ofOthers]));
    expect(idsIn({ records, coverage })).toEqual(idsOf(bobs));
    const blamed = wrong.filter(id => !idsOf(bobs).includes(id));
    expect(blamed).toEqual(idsOf(ofOthers));
  });

  it('pitfall 17: a naive LIKE takes _ and % of a name for anything; the search does not', async () => {
    const own = [scene.call({ sessionName: 'a_b' })];
    const other = [scene.call({ sessionName: 'axb' })];
    await start([...own, ...other]);
    expect(await naive('useridentity.arn LIKE ?', ['%/a_b'])).toEqual(
      idsOf([...own, ...other]),
    );
    const found = await search(source(), scene.query({ sessionName: 'a_b' }));
    expect(idsIn(found)).toEqual(idsOf(own));
  });
});

describe('what is read', () => {
  const elsewhere = Array.from({ length: 12 }, (_, index) =>
    scene.call(
      { accountId: index % 2 ? ACCOUNT_ID : BROKER_ACCOUNT_ID },
      { filedAt: scene.at - (index + 2) * DAY },
    ),
  );

  it('are the account’s files of the days around the query, and their bytes are counted', async () => {
    await start([scene.call()]);
    const { coverage: alone } = await search(source());
    deliver(elsewhere, athena.folderOf('trail'));
    const { coverage } = await search(source());
    expect(coverage.bytesScanned).toBeGreaterThan(0);
    expect(coverage.bytesScanned).toBe(alone.bytesScanned);
  });

  it('are only the regions that are configured, and the coverage says so', async () => {
    const here = scene.call({ region: 'eu-central-1' });
    await start([here, scene.call({ region: 'us-east-1' })]);
    const found = await search(source([{ regions: ['eu-central-1'] }]));
    expect(idsIn(found)).toEqual(idsOf([here]));
    expect(found.coverage.regions).toEqual(['eu-central-1']);
    expect(found.coverage.blindSpots).toEqual([
      'Only these regions were read: eu-central-1.',
    ]);
  });
});

describe('several logs', () => {
  it('are asked each for the accounts that it holds, and answer together', async () => {
    const trail = scene.call();
    const stream = scene.assumeRole({ accountId: BROKER_ACCOUNT_ID });
    await start([trail, scene.assumeRole()]);
    deliverFirehose([stream, scene.call()], athena.folderOf('firehose'));
    const both = source([
      { accounts: [ACCOUNT_ID] },
      { accounts: [BROKER_ACCOUNT_ID], table: 'stream', layout: 'firehose' },
    ]);
    const uses = await both.searchUses(scene.uses(), patient());
    expect(uses.records.map(each => each.recipientAccountId).sort()).toEqual([
      ACCOUNT_ID,
      BROKER_ACCOUNT_ID,
    ]);
    expect(uses.coverage.unreadable).toEqual([]);
    expect(idsIn(await search(both))).toContain(trail.record.eventID);
  });

  it('say which account none of them holds', async () => {
    await start([scene.assumeRole()]);
    const { records, coverage } = await source([
      { accounts: [ACCOUNT_ID] },
    ]).searchUses(scene.uses(), patient());
    expect(records).toHaveLength(1);
    expect(coverage.unreadable).toEqual([
      `No log is configured for the account ${BROKER_ACCOUNT_ID}. Add the table that holds it under breakGlass.activity.athena.`,
    ]);
  });

  it('are of the partition that is asked about', async () => {
    await start([scene.call()]);
    const query = scene.query({ partition: 'aws-us-gov' });
    const { records, coverage } = await search(source(), query);
    expect(records).toEqual([]);
    expect(coverage.regions).toEqual([]);
    expect(coverage.unreadable).toHaveLength(1);
  });

  it('fail together: evidence with a hole is none', async () => {
    await start([scene.call()]);
    const logs = [
      {},
      { table: 'stream', layout: 'firehose', database: 'gone' },
    ];
    await expect(search(source(logs))).rejects.toMatchObject({
      code: 'log-source-unavailable',
      message: expect.stringContaining('gone.stream'),
    });
  });
});

describe('a table that is not as it should be', () => {
  const table = (change: Partial<TrailTableSeed>) => ({
    tables: [{ ...(TRAIL_TABLE as TrailTableSeed), ...change }, STREAM_TABLE],
  });

  it('pitfall 20: without source identities is read, and says what it cannot find', async () => {
    const own = scene.call();
    const { sessionName } = scene.query();
    const chained = scene.call({
      sessionName: 'pipeline',
      sourceIdentity: sessionName,
    });
    await start([own, chained], table({ withoutSourceIdentity: true }));
    const found = await search(source());
    expect(idsIn(found)).toEqual(idsOf([own]));
    expect(found.coverage.blindSpots?.join()).toContain(
      'no column for source identities',
    );
  });

  it('whose projection leaves the account out makes evidence incomplete', async () => {
    await start([scene.call()], table({ accounts: ['222233334444'] }));
    const { coverage } = await search(source());
    expect(coverage.unreadable).toEqual([
      `The log cloudtrail.trail of the account 555566667777 leaves out the account ${ACCOUNT_ID}. Add it to projection.account.values of the table.`,
    ]);
  });

  it('without a column that attribution needs is not read', async () => {
    await start([scene.call()], table({ without: ['eventtime', 'region'] }));
    await expect(search(source())).rejects.toThrow(
      'lacks the columns eventtime, region.',
    );
  });

  it('without categories does not know of data events', async () => {
    await start([scene.call()], table({ without: ['eventcategory'] }));
    const { coverage } = await search(source());
    expect(coverage.dataEvents).toBe('unknown');
    expect(coverage.regions).toEqual(['eu-central-1']);
  });
});

describe('pitfall 21: a query of the sandbox', () => {
  const inject = (fault: object) =>
    athena.sandbox.faults.inject(fault as Fault);

  it.each([
    ['query-fails', 'Athena failed (GENERIC_INTERNAL_ERROR)'],
    ['query-cancelled', 'cancelled it'],
  ])(
    'that meets %s says so, and the next look works',
    async (effect, words) => {
      await start([scene.call()]);
      inject({ service: 'athena', effect, times: 1 });
      await expect(search(source())).rejects.toThrow(words);
      expect((await search(source())).records).toHaveLength(1);
    },
  );

  it('that would scan more than the workgroup allows says so', async () => {
    await start([scene.call()], {
      workGroup: { bytesScannedCutoffPerQuery: 1 },
    });
    await expect(search(source())).rejects.toThrow(
      'it would have scanned more than the workgroup allows',
    );
  });

  it('that is slow is waited for with longer and longer pauses, then given up', async () => {
    await start([scene.call()], { athena: { runningMs: 9_000 } });
    expect((await search(source())).records).toHaveLength(1);
    await expect(search(source([{ timeout: '5s' }]))).rejects.toThrow(
      'given up after 5 s',
    );
  });

  it('that is throttled comes back later', async () => {
    await start([scene.call()], { athena: { quotas: { start: 1, get: 1 } } });
    expect((await search(source())).records).toHaveLength(1);
    expect(athena.waits).toContain(500);
  });
});

it('credentials that are not there are named by account', async () => {
  await start([]);
  const credentials = {
    getCredentialProvider: async () => {
      throw new Error('secret path');
    },
  };
  await expect(search(source([{}], { credentials }))).rejects.toThrow(
    'There are no AWS credentials for the account 555566667777, which holds the logs. Add the account under aws.accounts.',
  );
});
