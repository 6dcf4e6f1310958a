import { ConfigReader } from '@backstage/config';
import { aSection } from '../testing/section';
import { readBreakGlassConfig } from './readConfig';

const LOG = {
  accountId: '555566667777',
  region: 'eu-central-1',
  workgroup: 'break-glass',
  database: 'cloudtrail',
  table: 'trail',
  layout: 'trail',
};

function read(...logs: object[]) {
  const activity = { athena: logs.map(log => ({ ...LOG, ...log })) };
  const section = JSON.parse(JSON.stringify({ ...aSection(), activity }));
  return readBreakGlassConfig(new ConfigReader({ breakGlass: section }), {
    repositoryRoot: '/repository',
  }).athena;
}

describe('breakGlass.activity.athena', () => {
  it('reads all accounts and regions of the official columns, where nothing is said', () => {
    expect(read({})).toEqual([
      {
        ...LOG,
        partition: 'aws',
        endpoint: undefined,
        catalog: 'AwsDataCatalog',
        accounts: undefined,
        regions: undefined,
        partitionColumns: {
          account: 'account',
          region: 'region',
          day: { column: 'timestamp', format: 'yyyy/MM/dd' },
        },
        maxBytesPerQuery: 100 * 1024 ** 3,
        timeoutMs: 120_000,
      },
    ]);
  });

  it('takes other names, lists and limits', () => {
    const parts = { year: 'y', month: 'm', day: 'd' };
    const [trail, stream] = read(
      {
        accounts: ['111122223333'],
        regions: ['us-east-1'],
        partitionColumns: { account: 'acct', day: 'day' },
        dayFormat: 'yyyy-MM-dd',
        maxBytesPerQuery: '10MB',
        timeout: { seconds: 30 },
      },
      { layout: 'firehose', table: 'stream', partitionColumns: { day: parts } },
    )!;
    expect(trail).toMatchObject({
      accounts: ['111122223333'],
      regions: ['us-east-1'],
      partitionColumns: {
        account: 'acct',
        region: 'region',
        day: { column: 'day', format: 'yyyy-MM-dd' },
      },
      maxBytesPerQuery: 10 * 1024 ** 2,
      timeoutMs: 30_000,
    });
    expect(stream.partitionColumns.day).toEqual(parts);
  });

  it('calls the day of a stream dt', () => {
    const [{ partitionColumns }] = read({ layout: 'firehose' })!;
    expect(partitionColumns.day).toEqual({
      column: 'dt',
      format: 'yyyy/MM/dd',
    });
  });

  const NAME = 'must be a name of lower-case letters, digits and underscores';
  it.each([
    [{ table: 't"; DROP TABLE x; --' }, `[0].table: ${NAME}`],
    [{ database: 'Upper' }, `[0].database: ${NAME}`],
    [{ table: '' }, `[0].table: ${NAME}`],
    [{ partitionColumns: { account: 'a b' } }, NAME],
    [{ partitionColumns: { day: { year: 'y', month: 'm' } } }, 'day'],
    [{ workgroup: 'a/b' }, '[0].workgroup: must be the name of a workgroup'],
    [{ catalog: 'a b' }, '[0].catalog: must be the name of a data catalog'],
    [{ accountId: 'x' }, '[0].accountId: must be a 12-digit account id'],
    [{ accounts: [] }, '[0].accounts'],
    [{ accounts: ['1'] }, '[0].accounts'],
    [{ region: 'eu-central-9' }, '[0].region: must be a region of the part'],
    [{ region: 'evil.example/' }, '[0].region: must be a region of the part'],
    [{ regions: ['us-gov-west-1'] }, '[0].regions[0]: must be a region of'],
    [
      { layout: 'firehose', regions: ['eu-west-1'] },
      '[0].regions: is for the layout trail',
    ],
    [{ layout: 'parquet' }, '[0].layout'],
    [{ endpoint: 'http://evil.example' }, '[0].endpoint: must be an https'],
    [{ maxBytesPerQuery: '5MB' }, 'must be an amount of data from 10MB to'],
    [{ maxBytesPerQuery: 12 }, 'must be an amount of data such as 100GB'],
    [{ timeout: '10m' }, '[0].timeout: must be at most 150 s'],
    [{ timeout: '1s' }, '[0].timeout: must be at least 5 s'],
    [
      { partition: 'aws-cn', region: 'cn-north-1' },
      '[0].partition: the partition aws-cn is not configured',
    ],
    [{ tabel: 'x' }, '[0].tabel: unknown key'],
  ])('refuses %j', (change, words) => {
    expect(() => read(change)).toThrow(words);
  });

  it('refuses no table at all, and one twice', () => {
    expect(() => read()).toThrow('athena: must name at least one table');
    expect(() => read({}, {})).toThrow('athena[1].table: is there twice');
  });
});
