import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { runQuery, startQuery } from '../../__testUtils__/athenaQuery';
import { failureOf, TestSandbox } from '../../__testUtils__/sandbox';

const ACCOUNT = '111122223333';

let aws: TestSandbox;

beforeEach(async () => {
  aws = await TestSandbox.start();
});

afterEach(() => aws.stop());

const deliver = (count: number) =>
  aws.sandbox.deliverRecords(
    Array.from({ length: count }, (_, n) => ({
      recipientAccountId: ACCOUNT,
      awsRegion: 'eu-central-1',
      eventTime: '2026-11-05T10:00:00Z',
      eventID: `e${String(n).padStart(5, '0')}`,
    })),
  );

const page = (
  QueryExecutionId: string,
  NextToken?: string,
  MaxResults?: number,
) =>
  aws
    .athena()
    .send(
      new GetQueryResultsCommand({ QueryExecutionId, NextToken, MaxResults }),
    );

const firstValues = (answer: Awaited<ReturnType<typeof page>>) =>
  answer.ResultSet!.Rows!.map(row => row.Data![0].VarCharValue);

const ALL = 'SELECT eventid FROM trail ORDER BY eventid';

it('pages have at most 1,000 rows, the header being the first of the first page only', async () => {
  await deliver(1_500);
  const id = await startQuery(aws, ALL);
  const first = await page(id);
  expect(firstValues(first)).toHaveLength(1_000);
  expect(firstValues(first).slice(0, 2)).toEqual(['eventid', 'e00000']);
  const second = await page(id, first.NextToken);
  expect(firstValues(second)).toHaveLength(501);
  expect(firstValues(second)[0]).toBe('e00999');
  expect(second.NextToken).toBeUndefined();
});

it('exactly 1,000 rows with the header are one page', async () => {
  await deliver(999);
  const only = await page(await startQuery(aws, ALL));
  expect(firstValues(only)).toHaveLength(1_000);
  expect(only.NextToken).toBeUndefined();
});

it('a smaller page counts its header, too', async () => {
  await deliver(3);
  const id = await startQuery(aws, ALL);
  const first = await page(id, undefined, 2);
  expect(firstValues(first)).toEqual(['eventid', 'e00000']);
  const second = await page(id, first.NextToken, 2);
  expect(firstValues(second)).toEqual(['e00001', 'e00002']);
});

it('refuses pages of 1,001 rows, of none, and tokens of another query', async () => {
  await deliver(3);
  const id = await startQuery(aws, ALL);
  const { NextToken } = await page(id, undefined, 2);
  const other = await startQuery(aws, ALL);
  for (const call of [
    () => page(id, undefined, 1_001),
    () => page(id, undefined, 0),
    () => page(other, NextToken),
    () => page(id, 'bm9uc2Vuc2U='),
  ]) {
    expect(await failureOf(call())).toMatchObject({
      code: 'InvalidRequestException',
    });
  }
});

it('no rows are a header alone', async () => {
  const { state, header, rows } = await runQuery(aws, ALL);
  expect({ state, header, rows }).toEqual({
    state: 'SUCCEEDED',
    header: ['eventid'],
    rows: [],
  });
});

it('shows structs, arrays and NULL as Athena does, and names its columns', async () => {
  await aws.sandbox.deliverRecords([
    {
      recipientAccountId: ACCOUNT,
      awsRegion: 'eu-central-1',
      eventTime: '2026-11-05T10:00:00Z',
      tlsDetails: { tlsVersion: 'TLSv1.3' },
      resources: [{ ARN: 'arn:aws:s3:::b', type: 'AWS::S3::Bucket' }],
      requestParameters: null,
      readOnly: false,
    },
  ]);
  const id = await startQuery(
    aws,
    'SELECT tlsdetails, resources, requestparameters, ReadOnly, count(*) OVER (), addendum FROM trail',
  );
  const { ResultSet } = await page(id);
  const [header, row] = ResultSet!.Rows!;
  expect(header.Data!.map(d => d.VarCharValue)).toEqual([
    'tlsdetails',
    'resources',
    'requestparameters',
    'readonly',
    '_col4',
    'addendum',
  ]);
  expect(row.Data).toEqual([
    {
      VarCharValue:
        '{tlsversion=TLSv1.3, ciphersuite=null, clientprovidedhostheader=null}',
    },
    {
      VarCharValue:
        '[{arn=arn:aws:s3:::b, accountid=null, type=AWS::S3::Bucket}]',
    },
    {},
    { VarCharValue: 'false' },
    { VarCharValue: '1' },
    {},
  ]);
  expect(
    ResultSet!.ResultSetMetadata!.ColumnInfo!.map(({ Type }) => Type),
  ).toEqual(['row', 'array', 'varchar', 'varchar', 'bigint', 'row']);
});

it('hostile text in every field comes back as it is', async () => {
  const hostile = `'; DROP TABLE trail; -- "\\\n\t\u202e\u0000😀 % _ {"a":1}`;
  await aws.sandbox.deliverRecords([
    {
      recipientAccountId: ACCOUNT,
      awsRegion: 'eu-central-1',
      eventTime: '2026-11-05T10:00:00Z',
      eventID: hostile,
      userAgent: hostile,
      userIdentity: {
        arn: hostile,
        sessionContext: { sourceIdentity: hostile },
      },
      requestParameters: { key: hostile },
    },
  ]);
  const { reason, rows } = await runQuery(
    aws,
    `SELECT eventid, useragent, useridentity.arn, useridentity.sessioncontext.sourceidentity, requestparameters FROM trail`,
  );
  expect(reason).toBeUndefined();
  expect(rows[0].slice(0, 4)).toEqual([hostile, hostile, hostile, hostile]);
  expect(JSON.parse(rows[0][4]!)).toEqual({ key: hostile });
});

it('a field of another kind than the table says is NULL', async () => {
  await aws.sandbox.deliverRecords([
    {
      recipientAccountId: ACCOUNT,
      awsRegion: 'eu-central-1',
      eventTime: '2026-11-05T10:00:00Z',
      eventID: 'a',
      userIdentity: 'text',
      resources: 'text',
      tlsDetails: { tlsVersion: { deep: true } },
    },
  ]);
  const { reason, rows } = await runQuery(
    aws,
    'SELECT eventid, useridentity.arn, resources, tlsdetails.tlsversion FROM trail',
  );
  expect(reason).toBeUndefined();
  expect(rows).toEqual([['a', undefined, undefined, '{"deep":true}']]);
});

it('gives the attributes of a federated session as a map', async () => {
  await aws.sandbox.deliverRecords([
    {
      recipientAccountId: ACCOUNT,
      awsRegion: 'eu-central-1',
      eventTime: '2026-11-05T10:00:00Z',
      userIdentity: {
        sessionContext: {
          webIdFederationData: { attributes: { 'cognito:aud': 'x' } },
        },
      },
    },
  ]);
  const { rows } = await runQuery(
    aws,
    'SELECT useridentity.sessioncontext.webidfederationdata.attributes FROM trail',
  );
  expect(rows).toEqual([['{cognito:aud=x}']]);
});
