import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import {
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { REGIONS } from '../config/regions';
import { sdkPartitions } from '../testing/sdkPartitions';
import {
  checkedRegion,
  iamEndpoint,
  partitionHosts,
  PARTITIONS,
  signInEndpoint,
  stsEndpoint,
} from './partitions';

const ALL = partitionSchema.options;
const EVERY_REGION: Array<[Partition, string]> = ALL.flatMap(partition =>
  REGIONS[partition].map((region): [Partition, string] => [partition, region]),
);

const hostOf = (url: URL | string) => new URL(url).host;

describe('partitions', () => {
  it('has a row for every partition of the contract', () => {
    expect(Object.keys(PARTITIONS).sort()).toEqual([...ALL].sort());
  });

  it('pitfall 29: has the partitions of the SDK, with their regions, and no other', () => {
    const ours = ALL.map(id => [id, [...REGIONS[id]].sort()]);
    const theirs = sdkPartitions().map(({ id, regions }) => [id, regions]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });

  it.each(sdkPartitions())(
    'pitfall 29: $id has its APIs below $dnsSuffix',
    ({ id, dnsSuffix, regions }) => {
      const suffix = new RegExp(`\\.${dnsSuffix.replaceAll('.', '\\.')}$`);
      expect(PARTITIONS[id].stsSuffix).toBe(dnsSuffix);
      expect(PARTITIONS[id].iam.host).toMatch(suffix);
      expect(regions).toContain(PARTITIONS[id].iam.region);
    },
  );

  it.each(EVERY_REGION)(
    '%s %s: STS is where the SDK says',
    (partition, region) => {
      const client = new STSClient({ region });
      const { url } = client.config.endpointProvider({
        Region: region,
        UseGlobalEndpoint: false,
        UseFIPS: false,
        UseDualStack: false,
      });
      expect(hostOf(stsEndpoint(partition, region))).toBe(url.host);
    },
  );

  it.each(EVERY_REGION)(
    '%s %s: IAM is where the SDK says',
    (partition, region) => {
      const client = new IAMClient({ region });
      const { url, properties } = client.config.endpointProvider({
        Region: region,
        UseFIPS: false,
        UseDualStack: false,
      });
      const endpoint = iamEndpoint(partition);
      const schemes = properties?.authSchemes as
        | Array<{ signingRegion?: string }>
        | undefined;
      expect(hostOf(endpoint.url)).toBe(url.host);
      expect(endpoint.region).toBe(schemes?.[0]?.signingRegion ?? region);
    },
  );

  it.each([
    ['aws', 'eu-central-1', 'eu-central-1.signin.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.signin.amazonaws.cn'],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'us-gov-west-1.signin.amazonaws-us-gov.com',
    ],
    ['aws-iso', 'us-iso-east-1', 'us-iso-east-1.signin.c2shome.ic.gov'],
    ['aws-iso-b', 'us-isob-east-1', 'us-isob-east-1.signin.sc2shome.sgov.gov'],
    ['aws-iso-e', 'eu-isoe-west-1', 'eu-isoe-west-1.signin.csphome.adc-e.uk'],
    [
      'aws-iso-f',
      'us-isof-south-1',
      'us-isof-south-1.signin.csphome.hci.ic.gov',
    ],
    ['aws-eusc', 'eusc-de-east-1', 'eusc-de-east-1.signin.amazonaws-eusc.eu'],
  ])(
    'pitfall 29: %s signs in at its own endpoint',
    (partition, region, host) => {
      expect(signInEndpoint(partition, region)).toBe(
        `https://${host}/federation`,
      );
    },
  );

  it.each(EVERY_REGION)('%s takes its region %s', (partition, region) => {
    expect(checkedRegion(partition, region)).toBe(region);
  });

  it.each([
    'evil.example/',
    'eu-central-1.evil.example',
    'eu-central-1\n',
    'eu-central-1@evil.example',
    'EU-CENTRAL-1',
    'eu-central-99',
    'us-gov-west-1',
    '',
  ])('pitfall 31: the region %j is refused', region => {
    for (const endpoint of [stsEndpoint, signInEndpoint]) {
      expect(() => endpoint('aws', region, 'http://127.0.0.1:1')).toThrow(
        expect.objectContaining({ code: 'region-unknown' }),
      );
    }
  });

  it.each(ALL)('%s takes no region of another partition', partition => {
    const foreign = EVERY_REGION.filter(([other]) => other !== partition);
    for (const [, region] of foreign) {
      expect(() => checkedRegion(partition, region)).toThrow(
        expect.objectContaining({ code: 'region-unknown' }),
      );
    }
  });

  it.each(['aws-moon', 'constructor', '__proto__', ''])(
    'refuses the partition %j',
    partition => {
      expect(() => partitionHosts(partition)).toThrow(
        expect.objectContaining({ code: 'partition-unknown' }),
      );
    },
  );

  it('uses the configured endpoints', () => {
    const own = 'http://127.0.0.1:7010';
    expect(stsEndpoint('aws', 'eu-west-1', own)).toBe(own);
    expect(iamEndpoint('aws', own)).toEqual({ url: own, region: 'us-east-1' });
    expect(signInEndpoint('aws', 'eu-west-1', `${own}/federation`)).toBe(
      `${own}/federation`,
    );
  });
});
