import { Partition } from 'backstage-plugin-break-glass-common';

/** What the event history needs to know of one AWS partition. */
export interface PartitionFacts {
  /** Services answer on `<service>.<region>.` + this. */
  dnsSuffix: string;
  /** Where events of global services such as IAM are kept; every account has it. */
  globalRegion: string;
  /** Regions that every account has without asking for them. */
  usualRegions: readonly string[];
  regionPattern: RegExp;
}

const AWS_REGIONS = [
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1'],
  ...['eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
];

/**
 * A fixed table: hosts are made of it and of regions from the configuration
 * that fit its patterns, never of a value from a person or the catalog.
 */
export const PARTITIONS: Readonly<Record<Partition, PartitionFacts>> = {
  aws: {
    dnsSuffix: 'amazonaws.com',
    globalRegion: 'us-east-1',
    usualRegions: AWS_REGIONS,
    regionPattern: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-(?!gov-|iso)[a-z]+-[0-9]$/,
  },
  'aws-cn': {
    dnsSuffix: 'amazonaws.com.cn',
    globalRegion: 'cn-north-1',
    usualRegions: ['cn-north-1', 'cn-northwest-1'],
    regionPattern: /^cn-[a-z]+-[0-9]$/,
  },
  'aws-us-gov': {
    dnsSuffix: 'amazonaws.com',
    globalRegion: 'us-gov-west-1',
    usualRegions: ['us-gov-east-1', 'us-gov-west-1'],
    regionPattern: /^us-gov-[a-z]+-[0-9]$/,
  },
  'aws-iso': {
    dnsSuffix: 'c2s.ic.gov',
    globalRegion: 'us-iso-east-1',
    usualRegions: ['us-iso-east-1', 'us-iso-west-1'],
    regionPattern: /^us-iso-[a-z]+-[0-9]$/,
  },
  'aws-iso-b': {
    dnsSuffix: 'sc2s.sgov.gov',
    globalRegion: 'us-isob-east-1',
    usualRegions: ['us-isob-east-1', 'us-isob-west-1'],
    regionPattern: /^us-isob-[a-z]+-[0-9]$/,
  },
  'aws-iso-e': {
    dnsSuffix: 'cloud.adc-e.uk',
    globalRegion: 'eu-isoe-west-1',
    usualRegions: ['eu-isoe-west-1'],
    regionPattern: /^eu-isoe-[a-z]+-[0-9]$/,
  },
  'aws-iso-f': {
    dnsSuffix: 'csp.hci.ic.gov',
    globalRegion: 'us-isof-south-1',
    usualRegions: ['us-isof-east-1', 'us-isof-south-1'],
    regionPattern: /^us-isof-[a-z]+-[0-9]$/,
  },
  'aws-eusc': {
    dnsSuffix: 'amazonaws.eu',
    globalRegion: 'eusc-de-east-1',
    usualRegions: ['eusc-de-east-1'],
    regionPattern: /^eusc-[a-z]{2}-[a-z]+-[0-9]$/,
  },
};

/** Regional endpoint of a service. @param region - one that the configuration's check let through. */
export function regionalEndpoint(
  service: 'sts' | 'cloudtrail',
  partition: Partition,
  region: string,
): string {
  return `https://${service}.${region}.${PARTITIONS[partition].dnsSuffix}`;
}
