import { ConfigReader } from '@backstage/config';
import { PARTITIONS } from './partitions';
import { readerRoleArn, readOptions } from './readOptions';

const KEY = 'breakGlass.activity.cloudtrail';
const shared = {
  partitions: {
    aws: { brokerAccountId: '999988887777', defaultRegion: 'eu-central-1' },
    'aws-us-gov': { brokerAccountId: '888877776666' },
  },
};

type JsonSection = NonNullable<ConstructorParameters<typeof ConfigReader>[0]>;

const withSection = (cloudtrail: JsonSection, section: JsonSection = shared) =>
  new ConfigReader({ breakGlass: { ...section, activity: { cloudtrail } } });

describe('readOptions', () => {
  it('needs no key of its own', () => {
    expect(readOptions(new ConfigReader({ breakGlass: shared }))).toEqual({
      readerRoleArn:
        'arn:${partition}:iam::${accountId}:role/break-glass/ActivityReader',
      callsPerSecond: 2,
      maxPages: 200,
      externalIds: {},
      partitions: {
        aws: {
          brokerAccountId: '999988887777',
          stsRegion: 'eu-central-1',
          regions: PARTITIONS.aws.usualRegions,
          probeAccountId: '999988887777',
        },
        'aws-us-gov': {
          brokerAccountId: '888877776666',
          stsRegion: 'us-gov-west-1',
          regions: ['us-gov-east-1', 'us-gov-west-1'],
          probeAccountId: '888877776666',
        },
      },
    });
  });

  it('takes brokers, addresses and external ids from where the backend has them', () => {
    const config = withSection(
      { partitions: { aws: { endpoint: 'http://127.0.0.1:7010' } } },
      {
        externalIds: { '111122223333': 'shared-secret' },
        partitions: {
          aws: {
            ...shared.partitions.aws,
            endpoints: { sts: 'http://127.0.0.1:7011', iam: 'unused' },
          },
        },
      },
    );
    expect(readOptions(config)).toMatchObject({
      externalIds: { '111122223333': 'shared-secret' },
      partitions: {
        aws: {
          stsEndpoint: 'http://127.0.0.1:7011',
          endpoint: 'http://127.0.0.1:7010',
        },
      },
    });
  });

  it.each([
    ['aws', ['eu-west-1'], ['eu-west-1', 'us-east-1']],
    ['aws', ['us-east-1', 'eu-west-1'], ['eu-west-1', 'us-east-1']],
    ['aws-us-gov', ['us-gov-east-1'], ['us-gov-east-1', 'us-gov-west-1']],
  ] as const)(
    'looks where global services of %s are recorded, whatever is asked: %j',
    (partition, regions, expected) => {
      const config = withSection({
        partitions: { [partition]: { regions: [...regions] } },
      });
      expect(readOptions(config).partitions[partition]?.regions).toEqual(
        expected,
      );
    },
  );

  it.each<[JsonSection, string]>([
    [{ readerRoleArn: 'arn:aws:iam::1:role/x' }, `${KEY}.readerRoleArn`],
    [{ callsPerSecond: 0 }, `${KEY}.callsPerSecond`],
    [{ callsPerSecond: '2' }, `${KEY}.callsPerSecond`],
    [{ maxPages: 1.5 }, `${KEY}.maxPages`],
    [{ maxPages: 0 }, `${KEY}.maxPages`],
    [{ maxpages: 5 }, `${KEY}.maxpages: unknown key`],
    [
      { partitions: { aws: { regions: ['us-gov-west-1'] } } },
      `${KEY}.partitions.aws.regions[0]: must be a region of the partition aws`,
    ],
    [{ partitions: { aws: { regions: [] } } }, `${KEY}.partitions.aws.regions`],
    [
      { partitions: { aws: { endpoint: 'http://logs.example.com' } } },
      `${KEY}.partitions.aws.endpoint`,
    ],
    [
      { partitions: { aws: { endpoint: 'https://a:b@logs.example.com' } } },
      `${KEY}.partitions.aws.endpoint`,
    ],
    [
      { partitions: { aws: { probeAccountId: '1' } } },
      `${KEY}.partitions.aws.probeAccountId`,
    ],
    [
      { partitions: { 'aws-cn': {} } },
      `${KEY}.partitions.aws-cn: there is no breakGlass.partitions.aws-cn`,
    ],
    [{ partitions: { amazon: {} } }, `${KEY}.partitions.amazon`],
  ])('refuses %j and names the key', (cloudtrail, message) => {
    expect(() => readOptions(withSection(cloudtrail))).toThrow(message);
  });

  it('pitfall 31: refuses a region that would name another host', () => {
    const regions = ['eu-west-1.evil.example/'];
    const config = withSection({ partitions: { aws: { regions } } });
    expect(() => readOptions(config)).toThrow('regions[0]');
  });

  it('names every wrong key at once', () => {
    const config = withSection({ maxPages: 0, callsPerSecond: 99 });
    expect(() => readOptions(config)).toThrow(
      /callsPerSecond: must be at most 10[^]*maxPages: must be at least 1/,
    );
  });

  it('refuses to start without a partition', () => {
    expect(() => readOptions(new ConfigReader({}))).toThrow(
      'breakGlass.partitions',
    );
  });
});

describe('readerRoleArn', () => {
  const template =
    'arn:${partition}:iam::${accountId}:role/break-glass/ActivityReader';

  it('fills the account in', () => {
    expect(readerRoleArn(template, 'aws-us-gov', '444455556666')).toBe(
      'arn:aws-us-gov:iam::444455556666:role/break-glass/ActivityReader',
    );
  });

  it.each(['', '1', '111122223333:role/x', '${partition}'])(
    'pitfall 18: takes %j for no account',
    accountId => {
      expect(() => readerRoleArn(template, 'aws', accountId)).toThrow(
        '12 digits',
      );
    },
  );
});
