import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { STSClient } from '@aws-sdk/client-sts';
import { Partition } from 'backstage-plugin-break-glass-common';
import { PARTITIONS, regionalEndpoint } from './partitions';

const clients = { sts: STSClient, cloudtrail: CloudTrailClient };
const partitions = Object.keys(PARTITIONS) as Partition[];

describe('partitions', () => {
  it.each(
    partitions.flatMap(partition =>
      (['sts', 'cloudtrail'] as const).map(
        service => [partition, service] as const,
      ),
    ),
  )('knows the hosts that the AWS SDK knows: %s, %s', (partition, service) => {
    for (const region of PARTITIONS[partition].usualRegions) {
      const { endpointProvider } = new clients[service]({ region }).config;
      const known = endpointProvider({
        Region: region,
        UseFIPS: false,
        UseDualStack: false,
        UseGlobalEndpoint: false,
      });
      expect(new URL(regionalEndpoint(service, partition, region)).host).toBe(
        known.url.host,
      );
    }
  });

  it.each(partitions)('counts each region to one partition: %s', partition => {
    const { usualRegions, globalRegion } = PARTITIONS[partition];
    expect(usualRegions).toContain(globalRegion);
    for (const region of usualRegions) {
      const fitting = partitions.filter(each =>
        PARTITIONS[each].regionPattern.test(region),
      );
      expect(fitting).toEqual([partition]);
    }
  });

  it.each(['evil.example/', 'eu-west-1.evil', '', 'eu-west-1/', 'eu-west-1\n'])(
    'pitfall 31: %j is a region of no partition',
    region => {
      const fitting = partitions.filter(each =>
        PARTITIONS[each].regionPattern.test(region),
      );
      expect(fitting).toEqual([]);
    },
  );
});
