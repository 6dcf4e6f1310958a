import {
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { inputError } from '../errors';

/**
 * Hosts and regions of one AWS partition. A fixed table: no value from a
 * person, the catalog or a ticket ever becomes part of a host name unless it is
 * one of the regions listed here (pitfall 31).
 */
export interface PartitionHosts {
  /** STS answers on `sts.<region>.` + this. */
  stsSuffix: string;
  /** The partition's one IAM endpoint and its signing region. */
  iam: { host: string; region: string };
  /** The federation endpoint is on `<region>.signin.` + this. */
  signInSuffix: string;
  /** Absent for the ISO partitions, whose console hosts are configuration. */
  console?: string;
  regionPattern: RegExp;
  regions: readonly string[];
}

/** Every partition that the product knows. Regions and API hosts are those of the AWS SDK. */
export const PARTITIONS: Readonly<Record<Partition, PartitionHosts>> = {
  aws: {
    stsSuffix: 'amazonaws.com',
    iam: { host: 'iam.amazonaws.com', region: 'us-east-1' },
    signInSuffix: 'aws.amazon.com',
    console: 'console.aws.amazon.com',
    regionPattern: /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-[0-9]+$/,
    regions: [
      'af-south-1',
      ...['ap-east-1', 'ap-east-2', 'ap-south-1', 'ap-south-2'],
      ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
      ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3'],
      ...['ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6'],
      'ap-southeast-7',
      ...['ca-central-1', 'ca-west-1'],
      ...['eu-central-1', 'eu-central-2', 'eu-north-1'],
      ...['eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
      'il-central-1',
      ...['me-central-1', 'me-south-1', 'me-west-1', 'mx-central-1'],
      ...['sa-east-1', 'sa-west-1'],
      ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
    ],
  },
  'aws-cn': {
    stsSuffix: 'amazonaws.com.cn',
    iam: { host: 'iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
    signInSuffix: 'amazonaws.cn',
    console: 'console.amazonaws.cn',
    regionPattern: /^cn-[a-z]+-[0-9]+$/,
    regions: ['cn-north-1', 'cn-northwest-1'],
  },
  'aws-us-gov': {
    stsSuffix: 'amazonaws.com',
    iam: { host: 'iam.us-gov.amazonaws.com', region: 'us-gov-west-1' },
    signInSuffix: 'amazonaws-us-gov.com',
    console: 'console.amazonaws-us-gov.com',
    regionPattern: /^us-gov-[a-z]+-[0-9]+$/,
    regions: ['us-gov-east-1', 'us-gov-west-1'],
  },
  'aws-iso': {
    stsSuffix: 'c2s.ic.gov',
    iam: { host: 'iam.us-iso-east-1.c2s.ic.gov', region: 'us-iso-east-1' },
    signInSuffix: 'c2shome.ic.gov',
    regionPattern: /^us-iso-[a-z]+-[0-9]+$/,
    regions: ['us-iso-east-1', 'us-iso-west-1'],
  },
  'aws-iso-b': {
    stsSuffix: 'sc2s.sgov.gov',
    iam: { host: 'iam.us-isob-east-1.sc2s.sgov.gov', region: 'us-isob-east-1' },
    signInSuffix: 'sc2shome.sgov.gov',
    regionPattern: /^us-isob-[a-z]+-[0-9]+$/,
    regions: ['us-isob-east-1', 'us-isob-west-1'],
  },
  'aws-iso-e': {
    stsSuffix: 'cloud.adc-e.uk',
    iam: {
      host: 'iam.eu-isoe-west-1.cloud.adc-e.uk',
      region: 'eu-isoe-west-1',
    },
    signInSuffix: 'csphome.adc-e.uk',
    regionPattern: /^eu-isoe-[a-z]+-[0-9]+$/,
    regions: ['eu-isoe-west-1'],
  },
  'aws-iso-f': {
    stsSuffix: 'csp.hci.ic.gov',
    iam: {
      host: 'iam.us-isof-south-1.csp.hci.ic.gov',
      region: 'us-isof-south-1',
    },
    signInSuffix: 'csphome.hci.ic.gov',
    regionPattern: /^us-isof-[a-z]+-[0-9]+$/,
    regions: ['us-isof-east-1', 'us-isof-south-1'],
  },
  'aws-eusc': {
    stsSuffix: 'amazonaws.eu',
    iam: { host: 'iam.eusc-de-east-1.amazonaws.eu', region: 'eusc-de-east-1' },
    signInSuffix: 'amazonaws-eusc.eu',
    console: 'console.amazonaws-eusc.eu',
    regionPattern: /^eusc-de-[a-z]+-[0-9]+$/,
    regions: ['eusc-de-east-1'],
  },
};

/**
 * The row of the table for a partition.
 * @throws InputError `partition-unknown`
 */
export function partitionHosts(partition: string): PartitionHosts {
  const known = partitionSchema.safeParse(partition);
  if (!known.success) {
    throw inputError(
      'partition-unknown',
      `There is no AWS partition of that name. Known: ${partitionSchema.options.join(
        ', ',
      )}.`,
    );
  }
  return PARTITIONS[known.data];
}

/**
 * Checks a region by the partition's pattern and against its list.
 * @returns the region, safe to be part of a host name
 * @throws InputError `region-unknown`, `partition-unknown`
 */
export function checkedRegion(partition: string, region: string): string {
  const hosts = partitionHosts(partition);
  if (!hosts.regionPattern.test(region) || !hosts.regions.includes(region)) {
    throw inputError(
      'region-unknown',
      `This is no region of the partition ${partition}. Known: ${hosts.regions.join(
        ', ',
      )}.`,
    );
  }
  return region;
}

/** Endpoint of STS: always the regional one, or the configured one. */
export function stsEndpoint(
  partition: string,
  region: string,
  configured?: string,
): string {
  const checked = checkedRegion(partition, region);
  return (
    configured ??
    `https://sts.${checked}.${partitionHosts(partition).stsSuffix}`
  );
}

/** Endpoint of IAM with its signing region. */
export function iamEndpoint(
  partition: string,
  configured?: string,
): { url: string; region: string } {
  const { host, region } = partitionHosts(partition).iam;
  return { url: configured ?? `https://${host}`, region };
}

/** Federation endpoint, which turns credentials into a sign-in token. */
export function signInEndpoint(
  partition: string,
  region: string,
  configured?: string,
): string {
  const checked = checkedRegion(partition, region);
  const { signInSuffix } = partitionHosts(partition);
  return configured ?? `https://${checked}.signin.${signInSuffix}/federation`;
}
