import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  accountIdSchema,
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { z } from 'zod';
import { ACTIVITY_KEY, cloudtrailSchema, sharedSchema } from './configSchema';
import { PARTITIONS } from './partitions';

/** How to read the event history of the accounts of one partition. */
export interface PartitionOptions {
  /** Account whose credentials assume the reader roles. */
  brokerAccountId: string;
  /** Region whose STS is asked for the reader roles. */
  stsRegion: string;
  /** Other address than the regional STS. */
  stsEndpoint?: string;
  /** Other address than the regional CloudTrail, for all regions. */
  endpoint?: string;
  /** Regions to look in, sorted; the one of global services is among them. */
  regions: string[];
  /** Account that the health check reads. */
  probeAccountId: string;
}

/** How to read the event history. */
export interface EventHistoryOptions {
  /** ARN of the role in every account, with `${partition}` and `${accountId}`. */
  readerRoleArn: string;
  /** Most calls a second to one account and region. */
  callsPerSecond: number;
  /** Most pages of 50 events of one lookup in one region. */
  maxPages: number;
  /** By account id. */
  externalIds: Readonly<Record<string, string>>;
  partitions: Readonly<Partial<Record<Partition, PartitionOptions>>>;
}

/**
 * Reads `breakGlass.activity.cloudtrail`, and what it shares with the rest of
 * the section: brokers, addresses of STS and external ids.
 * @throws InputError that names every wrong key
 */
export function readOptions(config: Config): EventHistoryOptions {
  const own = parsed(
    cloudtrailSchema,
    ACTIVITY_KEY,
    config.getOptional(ACTIVITY_KEY) ?? {},
  );
  const shared = parsed(sharedSchema, 'breakGlass', {
    partitions: config.getOptional('breakGlass.partitions'),
    externalIds: config.getOptional('breakGlass.externalIds'),
  });
  for (const name of Object.keys(own.partitions)) {
    if (!(name in shared.partitions)) {
      throw new InputError(
        `Wrong configuration at ${ACTIVITY_KEY}.partitions.${name}: there is no breakGlass.partitions.${name}, which would name the broker`,
      );
    }
  }
  const names = Object.keys(shared.partitions).map(name =>
    partitionSchema.parse(name),
  );
  return {
    readerRoleArn: own.readerRoleArn,
    callsPerSecond: own.callsPerSecond,
    maxPages: own.maxPages,
    externalIds: shared.externalIds,
    partitions: Object.fromEntries(
      names.map(name => [
        name,
        partitionOptions(name, own.partitions[name], shared.partitions[name]!),
      ]),
    ),
  };
}

type Own = z.output<typeof cloudtrailSchema>['partitions'][Partition];
type Shared = z.output<typeof sharedSchema>['partitions'][Partition];

function partitionOptions(
  partition: Partition,
  own: Own,
  shared: NonNullable<Shared>,
): PartitionOptions {
  const { globalRegion, usualRegions } = PARTITIONS[partition];
  return {
    brokerAccountId: shared.brokerAccountId,
    stsRegion: shared.defaultRegion ?? globalRegion,
    stsEndpoint: shared.endpoints?.sts,
    endpoint: own?.endpoint,
    regions: [
      ...new Set([...(own?.regions ?? usualRegions), globalRegion]),
    ].sort(),
    probeAccountId: own?.probeAccountId ?? shared.brokerAccountId,
  };
}

/** The ARN of the reader role of an account. */
export function readerRoleArn(
  template: string,
  partition: Partition,
  accountId: string,
): string {
  if (!accountIdSchema.safeParse(accountId).success) {
    throw new InputError('An account id must be 12 digits');
  }
  return template
    .replace('${partition}', partition)
    .replace('${accountId}', accountId);
}

function parsed<T extends z.ZodType>(
  schema: T,
  section: string,
  value: unknown,
): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const lines = result.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(
          key =>
            `${keyOf(section, [
              ...issue.path,
              key,
            ])}: unknown key; check its spelling and its place`,
        )
      : [`${keyOf(section, issue.path)}: ${issue.message}`],
  );
  throw new InputError(
    lines.length === 1
      ? `Wrong configuration at ${lines[0]}`
      : `Wrong configuration:\n${lines.map(line => `- ${line}`).join('\n')}`,
  );
}

/** `breakGlass.activity.cloudtrail.partitions.aws.regions[0]` */
function keyOf(section: string, path: PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    section,
  );
}
