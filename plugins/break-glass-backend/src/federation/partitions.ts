import {
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { isRegionOf, REGIONS } from '../config/regions';
import { inputError } from '../errors';

/**
 * Hosts of one AWS partition. A fixed table: no value from a
 * person, the catalog or a ticket ever becomes part of a host name unless it is
 * one of the partition's regions (pitfall 31).
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
}

/** Every partition that the product knows. API hosts are those of the AWS SDK. */
export const PARTITIONS: Readonly<Record<Partition, PartitionHosts>> = {
  aws: {
    stsSuffix: 'amazonaws.com',
    iam: { host: 'iam.amazonaws.com', region: 'us-east-1' },
    signInSuffix: 'aws.amazon.com',
    console: 'console.aws.amazon.com',
  },
  'aws-cn': {
    stsSuffix: 'amazonaws.com.cn',
    iam: { host: 'iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
    signInSuffix: 'amazonaws.cn',
    console: 'console.amazonaws.cn',
  },
  'aws-us-gov': {
    stsSuffix: 'amazonaws.com',
    iam: { host: 'iam.us-gov.amazonaws.com', region: 'us-gov-west-1' },
    signInSuffix: 'amazonaws-us-gov.com',
    console: 'console.amazonaws-us-gov.com',
  },
  'aws-iso': {
    stsSuffix: 'c2s.ic.gov',
    iam: { host: 'iam.us-iso-east-1.c2s.ic.gov', region: 'us-iso-east-1' },
    signInSuffix: 'c2shome.ic.gov',
  },
  'aws-iso-b': {
    stsSuffix: 'sc2s.sgov.gov',
    iam: { host: 'iam.us-isob-east-1.sc2s.sgov.gov', region: 'us-isob-east-1' },
    signInSuffix: 'sc2shome.sgov.gov',
  },
  'aws-iso-e': {
    stsSuffix: 'cloud.adc-e.uk',
    iam: {
      host: 'iam.eu-isoe-west-1.cloud.adc-e.uk',
      region: 'eu-isoe-west-1',
    },
    signInSuffix: 'csphome.adc-e.uk',
  },
  'aws-iso-f': {
    stsSuffix: 'csp.hci.ic.gov',
    iam: {
      host: 'iam.us-isof-south-1.csp.hci.ic.gov',
      region: 'us-isof-south-1',
    },
    signInSuffix: 'csphome.hci.ic.gov',
  },
  'aws-eusc': {
    stsSuffix: 'amazonaws.eu',
    iam: { host: 'iam.eusc-de-east-1.amazonaws.eu', region: 'eusc-de-east-1' },
    signInSuffix: 'amazonaws-eusc.eu',
    console: 'console.amazonaws-eusc.eu',
  },
};

/**
 * The row of the table for a partition.
 * @throws InputError `partition-unknown`
 */
export function partitionHosts(partition: string): PartitionHosts {
  return PARTITIONS[knownPartition(partition)];
}

function knownPartition(partition: string): Partition {
  const known = partitionSchema.safeParse(partition);
  if (!known.success) {
    throw inputError(
      'partition-unknown',
      `There is no AWS partition of that name. Known: ${partitionSchema.options.join(
        ', ',
      )}.`,
    );
  }
  return known.data;
}

/**
 * Checks a region against the partition's list.
 * @returns the region, safe to be part of a host name
 * @throws InputError `region-unknown`, `partition-unknown`
 */
export function checkedRegion(partition: string, region: string): string {
  const known = knownPartition(partition);
  if (!isRegionOf(known, region)) {
    throw inputError(
      'region-unknown',
      `This is no region of the partition ${partition}. Known: ${REGIONS[
        known
      ].join(', ')}.`,
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
