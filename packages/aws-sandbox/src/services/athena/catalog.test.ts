import {
  GetDatabaseCommand,
  GetTableMetadataCommand,
  GetWorkGroupCommand,
  ListTableMetadataCommand,
} from '@aws-sdk/client-athena';
import { runQuery } from '../../__testUtils__/athenaQuery';
import { BROKER, failureOf, TestSandbox } from '../../__testUtils__/sandbox';
import { AthenaSeed, TrailTableSeed } from '../../athena/AthenaSeed';
import { demoAthena } from '../../athena/demoAthena';
import { demoWorld } from '../../world/demoWorld';

const CatalogName = 'AwsDataCatalog';
const DatabaseName = 'cloudtrail';

let aws: TestSandbox;

afterEach(() => aws.stop());

async function start(change: (seed: AthenaSeed) => void = () => {}) {
  const catalogs = demoAthena();
  change(catalogs[0]);
  aws = await TestSandbox.start({ athena: { catalogs } });
}

const trailOf = (seed: AthenaSeed) =>
  seed.databases.cloudtrail[0] as TrailTableSeed;

async function metadata(TableName: string) {
  const { TableMetadata } = await aws
    .athena()
    .send(
      new GetTableMetadataCommand({ CatalogName, DatabaseName, TableName }),
    );
  return TableMetadata!;
}

it('describes the table of a trail as the official DDL, with partitions', async () => {
  await start();
  const { Columns, PartitionKeys, Parameters } = await metadata('trail');
  const types = new Map(Columns!.map(c => [c.Name, c.Type]));
  expect(types.get('eventname')).toBe('string');
  expect(types.get('sourceipaddress')).toBe('string');
  expect(types.get('resources')).toBe(
    'array<struct<arn:string,accountid:string,type:string>>',
  );
  expect(types.get('useridentity')).toBe(
    'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,' +
      'onbehalfof:struct<userid:string,identitystorearn:string>,' +
      'sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,' +
      'sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>,' +
      'ec2roledelivery:string,webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>,' +
      'sourceidentity:string>>',
  );
  expect(PartitionKeys).toEqual([
    { Name: 'account', Type: 'string' },
    { Name: 'region', Type: 'string' },
    { Name: 'timestamp', Type: 'string' },
  ]);
  expect(Parameters).toMatchObject({
    'projection.enabled': 'true',
    'projection.account.type': 'enum',
    'projection.account.values': expect.stringContaining('111122223333'),
    'projection.timestamp.type': 'date',
    'projection.timestamp.format': 'yyyy/MM/dd',
    'storage.location.template':
      's3://aws-cloudtrail-logs-555566667777/AWSLogs/${account}/CloudTrail/${region}/${timestamp}',
  });
  // The other partition's accounts are not in this one's logs.
  expect(Parameters!['projection.account.values']).not.toContain(
    '444455556666',
  );
});

it('describes the table of a stream, by day', async () => {
  await start();
  const { PartitionKeys, Parameters } = await metadata('stream');
  expect(PartitionKeys).toEqual([{ Name: 'dt', Type: 'string' }]);
  expect(Parameters).toMatchObject({
    'projection.dt.type': 'date',
    'storage.location.template':
      's3://break-glass-stream-555566667777/stream/${dt}',
  });
});

it('lists tables, finds the database, and says what is missing', async () => {
  await start();
  const athena = aws.athena();
  const { TableMetadataList } = await athena.send(
    new ListTableMetadataCommand({ CatalogName, DatabaseName }),
  );
  expect(TableMetadataList!.map(table => table.Name)).toEqual([
    'trail',
    'stream',
  ]);
  const { Database } = await athena.send(
    new GetDatabaseCommand({ CatalogName, DatabaseName }),
  );
  expect(Database).toEqual({ Name: DatabaseName });
  expect(await failureOf(metadata('missing'))).toEqual({
    code: 'MetadataException',
    message: 'EntityNotFoundException: Table missing not found.',
    status: 400,
  });
});

it('describes workgroups with their limits', async () => {
  await start(seed => {
    seed.workGroups[0].disabled = true;
  });
  const { WorkGroup } = await aws
    .athena()
    .send(new GetWorkGroupCommand({ WorkGroup: 'break-glass' }));
  expect(WorkGroup).toMatchObject({
    Name: 'break-glass',
    State: 'DISABLED',
    Configuration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10 * 1024 ** 3,
    },
  });
});

it('a table after the official DDL has no source identity', async () => {
  await start(seed => {
    trailOf(seed).withoutSourceIdentity = true;
  });
  const { Columns } = await metadata('trail');
  expect(JSON.stringify(Columns)).not.toContain('sourceidentity');
  const { reason } = await runQuery(
    aws,
    'SELECT useridentity.sessioncontext.sourceidentity FROM trail',
  );
  expect(reason).toMatch(/^COLUMN_NOT_FOUND: .*'sourceidentity'/);
});

it('a table can lack a partition column', async () => {
  await start(seed => {
    trailOf(seed).without = ['region'];
  });
  const { PartitionKeys } = await metadata('trail');
  expect(PartitionKeys!.map(key => key.Name)).toEqual(['account', 'timestamp']);
  const sql = 'SELECT eventid FROM trail WHERE';
  expect((await runQuery(aws, `${sql} region = 'x'`)).reason).toMatch(
    /^COLUMN_NOT_FOUND: .*'region'/,
  );
  expect((await runQuery(aws, `${sql} account = 'x'`)).state).toBe('SUCCEEDED');
});

it('partition columns can have other names, and an organization its folder', async () => {
  await start(seed => {
    const trail = trailOf(seed);
    trail.organizationId = 'o-abcdefghij';
    trail.partitionNames = { account: 'acct', region: 'reg', day: 'dt' };
  });
  const { Parameters } = await metadata('trail');
  expect(Parameters!['storage.location.template']).toBe(
    's3://aws-cloudtrail-logs-555566667777/AWSLogs/o-abcdefghij/${acct}/CloudTrail/${reg}/${dt}',
  );
  expect(
    (await runQuery(aws, "SELECT dt FROM trail WHERE acct = '1' AND reg = '2'"))
      .state,
  ).toBe('SUCCEEDED');
});

describe('Athena reads as its caller', () => {
  /** The broker without one of its actions. */
  async function startWithout(action: string) {
    const world = demoWorld();
    const broker = world.accounts
      .flatMap(account => account.users ?? [])
      .find(user => user.keys?.[0].accessKeyId === BROKER.accessKeyId)!;
    broker.inline!.Missing = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: action, Resource: '*' }],
    };
    aws = await TestSandbox.start({ world });
    await aws.sandbox.deliverRecords([
      {
        recipientAccountId: '111122223333',
        awsRegion: 'eu-central-1',
        eventTime: '2026-11-05T10:00:00Z',
      },
    ]);
  }

  it.each(['glue:GetTable', 's3:GetObject', 's3:ListBucket', 's3:PutObject'])(
    'a query fails without %s',
    async action => {
      await startWithout(action);
      const { state, reason } = await runQuery(aws, 'SELECT * FROM trail');
      expect(state).toBe('FAILED');
      expect(reason).toContain(`not authorized to perform: ${action}`);
    },
  );

  it.each([
    'athena:StartQueryExecution',
    'athena:GetQueryExecution',
    'athena:GetQueryResults',
  ])('is refused without %s', async action => {
    await startWithout(action);
    expect(
      await failureOf(runQuery(aws, 'SELECT eventid FROM trail')),
    ).toMatchObject({ code: 'AccessDeniedException' });
  });

  it.each(['athena:GetTableMetadata', 'glue:GetTable'])(
    'does not describe a table without %s',
    async action => {
      await startWithout(action);
      expect(await failureOf(metadata('trail'))).toMatchObject({
        code: 'AccessDeniedException',
        message: expect.stringContaining(action),
      });
    },
  );
});
