import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuery } from '../../__testUtils__/athenaQuery';
import { TestSandbox } from '../../__testUtils__/sandbox';
import { demoAthena } from '../../athena/demoAthena';
import { StreamTableSeed, TrailTableSeed } from '../../athena/AthenaSeed';

const ACCOUNTS = ['111122223333', '222233334444'];
const REGIONS = ['eu-central-1', 'us-east-1'];
/** What was delivered; the sandbox's own calls to Athena lie elsewhere. */
const LOGS = /^AWSLogs.(111122223333|222233334444)/;
const DAYS = ['2026-11-03', '2026-11-04', '2026-11-05'];

let aws: TestSandbox;

const STREAM: StreamTableSeed = {
  name: 'hourly',
  layout: 'stream',
  bucket: 'break-glass-stream-555566667777',
  folder: 'stream',
  partitioning: 'year/month/day/hour',
};

/** A field of a struct has the name of a partition column. */
const NAMESAKE: TrailTableSeed = {
  name: 'namesake',
  layout: 'trail',
  bucket: 'aws-cloudtrail-logs-555566667777',
  partitionNames: { account: 'accountid', region: 'region', day: 'dt' },
};

async function start(cutoff?: number) {
  const catalogs = demoAthena();
  catalogs[0].databases.cloudtrail.push(NAMESAKE);
  catalogs[0].databases.cloudtrail.push(STREAM);
  catalogs[0].workGroups[0].bytesScannedCutoffPerQuery = cutoff;
  aws = await TestSandbox.start({ athena: { catalogs } });
  await aws.sandbox.deliverRecords(
    ACCOUNTS.flatMap(recipientAccountId =>
      REGIONS.flatMap(awsRegion =>
        DAYS.map(day => ({
          recipientAccountId,
          awsRegion,
          eventTime: `${day}T10:00:00Z`,
          eventID: `${recipientAccountId} ${awsRegion} ${day}`,
          userIdentity: { accountId: '999988887777' },
        })),
      ),
    ),
  );
  for (const hour of ['10', '11']) {
    const at = Date.parse(`2026-11-05T${hour}:30:00Z`);
    await aws.sandbox.deliverStream([{ eventID: hour }], {
      folder: 'stream',
      at,
    });
  }
}

afterEach(() => aws.stop());

/** The sizes of the delivered files whose path fits. */
async function bytesOf(pattern: RegExp): Promise<number> {
  let bytes = 0;
  for (const file of (await aws.files()).filter(name => pattern.test(name))) {
    bytes += (await stat(join(aws.sandbox.logDirectory, file))).size;
  }
  return bytes;
}

const scannedBy = async (where: string, parameters: string[] = []) => {
  const { reason, scanned, rows } = await runQuery(
    aws,
    `SELECT eventid FROM trail t ${where}`,
    parameters,
  );
  expect(reason).toBeUndefined();
  return { scanned, rows: rows.length };
};

describe('a query reads the partitions that its WHERE can match', () => {
  beforeEach(() => start());

  it.each<[string, string[], RegExp, number]>([
    ['', [], LOGS, 12],
    ["WHERE eventid <> 'x'", [], LOGS, 12],
    ['WHERE account = ?', ["'111122223333'"], /^AWSLogs.111122223333/, 6],
    [
      `WHERE t.account = ? AND t.region IN (?) AND t."timestamp" BETWEEN ? AND ?`,
      ["'111122223333'", "'us-east-1'", "'2026/11/04'", "'2026/11/05'"],
      /111122223333.*us-east-1.2026.11.0[45]/,
      2,
    ],
    [
      `WHERE (account = '111122223333' OR region = 'us-east-1') AND eventid IS NOT NULL`,
      [],
      /111122223333|us-east-1/,
      9,
    ],
    [`WHERE "timestamp" LIKE '2026/11/04'`, [], /2026.11.04/, 4],
    ["WHERE account = 'nobody'", [], /never/, 0],
  ])('%s %j', async (where, parameters, pattern, rows) => {
    expect(await scannedBy(where, parameters)).toEqual({
      scanned: await bytesOf(pattern),
      rows,
    });
  });

  it('not what an OR with something else leaves open', async () => {
    const { scanned, rows } = await scannedBy(
      `WHERE account = '111122223333' OR eventid = '222233334444 us-east-1 2026-11-05'`,
    );
    expect(scanned).toBe(await bytesOf(LOGS));
    expect(rows).toBe(7);
  });

  it('nor what a condition on a field of the same name leaves open', async () => {
    const { rows } = await runQuery(
      aws,
      `SELECT eventid FROM namesake WHERE useridentity.accountid = '999988887777'`,
    );
    expect(rows).toHaveLength(12);
  });

  it('and each place that names the table counts', async () => {
    const { scanned, rows } = await runQuery(
      aws,
      `SELECT eventid FROM trail WHERE account = '111122223333' UNION ALL
       SELECT eventid FROM trail WHERE account = '222233334444' AND region = 'us-east-1'`,
    );
    expect(rows).toHaveLength(9);
    expect(scanned).toBe(await bytesOf(/111122223333|us-east-1/));
  });

  it('nor what the projection does not cover: tomorrow', async () => {
    await aws.sandbox.deliverRecords([
      {
        recipientAccountId: ACCOUNTS[0],
        awsRegion: 'eu-central-1',
        eventTime: '2026-11-06T00:00:01Z',
        eventID: 'late',
      },
    ]);
    expect((await scannedBy('')).rows).toBe(12);
    aws.clock.advance(12 * 3_600);
    expect((await scannedBy('')).rows).toBe(13);
  });

  it('of a stream by year, month, day and hour', async () => {
    const { rows, reason } = await runQuery(
      aws,
      `SELECT eventid, hour FROM hourly WHERE year = '2026' AND month = '11' AND day = '05' AND hour >= ?`,
      ["'11'"],
    );
    expect(reason).toBeUndefined();
    expect(rows).toEqual([['11', '11']]);
  });
});

it('a query over the limit of its workgroup is cancelled', async () => {
  await start(1_000);
  expect(await runQuery(aws, 'SELECT eventid FROM trail')).toMatchObject({
    state: 'CANCELLED',
    reason: 'Query cancelled! : Bytes scanned limit was exceeded',
    rows: [],
  });
  expect(
    await runQuery(
      aws,
      `SELECT eventid FROM trail WHERE account = '111122223333' AND region = 'us-east-1'`,
    ),
  ).toMatchObject({ state: 'SUCCEEDED' });
});
