import { Partition } from 'backstage-plugin-break-glass-common';

/** Longest region name that we take, for worst-case sizes of policies. */
export const MAX_REGION_LENGTH = 20;

const REGIONS: Record<Partition, RegExp> = {
  aws: /^(?!us-gov-|us-iso|eu-iso|cn-|eusc-)[a-z]{2}(?:-[a-z]{4,9}){1,2}-[1-9]$/,
  'aws-cn': /^cn-[a-z]{4,9}-[1-9]$/,
  'aws-us-gov': /^us-gov-[a-z]{4,9}-[1-9]$/,
  'aws-iso': /^us-iso-[a-z]{4,9}-[1-9]$/,
  'aws-iso-b': /^us-isob-[a-z]{4,9}-[1-9]$/,
  'aws-iso-e': /^eu-isoe-[a-z]{4,9}-[1-9]$/,
  'aws-iso-f': /^us-isof-[a-z]{4,9}-[1-9]$/,
  'aws-eusc': /^eusc-[a-z]{2}-[a-z]{4,9}-[1-9]$/,
};

/** Whether this could be a region of the partition, by its form. Whether it has endpoints is federation's to know. */
export function isRegionOf(partition: Partition, region: string): boolean {
  return region.length <= MAX_REGION_LENGTH && REGIONS[partition].test(region);
}
