import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { literal, runQuery } from '../../__testUtils__/athenaQuery';
import { TestSandbox } from '../../__testUtils__/sandbox';

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

it('answers from the delivered files, all text, struct fields by dots', async () => {
  const keys = await aws.assume({ SourceIdentity: 'mary@01LEASE' });
  await aws.s3(keys).send(new ListBucketsCommand({}));
  await aws.sandbox.deliverNow();
  const { state, reason, header, rows } = await runQuery(
    aws,
    `SELECT eventname, useridentity.arn, useridentity.sessioncontext.sourceidentity AS source,
       readonly, errorcode, account, region, "timestamp"
     FROM "AwsDataCatalog"."cloudtrail"."trail"
     WHERE account = ? AND region = 'eu-central-1' AND "timestamp" BETWEEN ? AND ?
       AND useridentity.sessioncontext.sourceidentity = ?`,
    ['111122223333', '2026/11/04', '2026/11/06', 'mary@01LEASE'].map(literal),
  );
  expect(reason).toBeUndefined();
  expect(state).toBe('SUCCEEDED');
  expect(header).toEqual([
    'eventname',
    'arn',
    'source',
    'readonly',
    'errorcode',
    'account',
    'region',
    'timestamp',
  ]);
  expect(rows).toEqual([
    [
      'ListBuckets',
      'arn:aws:sts::111122223333:assumed-role/BreakGlassAdmin/mary@01LEASE',
      'mary@01LEASE',
      'true',
      undefined,
      '111122223333',
      'eu-central-1',
      '2026/11/05',
    ],
  ]);
});

it.each(['lines', 'envelopes'] as const)('reads a stream of %s', async form => {
  const at = aws.clock.now();
  const records = [1, 2, 3].map(n => ({
    eventID: `e${n}`,
    eventName: "It's",
    requestParameters: { a: { b: n } },
  }));
  await aws.sandbox.deliverStream(records, { folder: 'stream', at, form });
  const { reason, rows } = await runQuery(
    aws,
    `SELECT eventid, requestparameters, dt FROM stream WHERE dt = ? AND eventname = ? ORDER BY eventid`,
    ['2026/11/05', "It's"].map(literal),
  );
  expect(reason).toBeUndefined();
  expect(rows).toEqual([
    ['e1', '{"a":{"b":1}}', '2026/11/05'],
    ['e2', '{"a":{"b":2}}', '2026/11/05'],
    ['e3', '{"a":{"b":3}}', '2026/11/05'],
  ]);
});
