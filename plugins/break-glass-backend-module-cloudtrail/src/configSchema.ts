import {
  accountIdSchema,
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { z } from 'zod';
import { PARTITIONS } from './partitions';

/** Our key in the configuration. */
export const ACTIVITY_KEY = 'breakGlass.activity.cloudtrail';

const ROLE_FORM =
  /^arn:\$\{partition\}:iam::\$\{accountId\}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
const ROLE_WORDS =
  'must be arn:${partition}:iam::${accountId}:role/<path and name>; in app-config.yaml write $${partition} and $${accountId}';

/** An https address without credentials, query or fragment; http only on this machine. */
const addressSchema = z.string().refine(isAddress, {
  error:
    'must be an https address without user, password, query and fragment (http only for 127.0.0.1 and localhost)',
});

function regionSchema(partition: Partition) {
  return z.string().regex(PARTITIONS[partition].regionPattern, {
    error: `must be a region of the partition ${partition}`,
  });
}

function ownPartitionSchema(partition: Partition) {
  return z.strictObject({
    regions: z.array(regionSchema(partition)).min(1).optional(),
    endpoint: addressSchema.optional(),
    probeAccountId: accountIdSchema.optional(),
  });
}

/** The rest of these keys is the backend's to check. */
function sharedPartitionSchema(partition: Partition) {
  return z.object({
    brokerAccountId: accountIdSchema,
    defaultRegion: regionSchema(partition).optional(),
    endpoints: z.object({ sts: addressSchema.optional() }).optional(),
  });
}

/** A record by partition, each checked by its own schema. */
function byPartition<T extends z.ZodType>(schemaOf: (name: Partition) => T) {
  const shape = Object.fromEntries(
    partitionSchema.options.map(name => [name, schemaOf(name).optional()]),
  ) as Record<Partition, z.ZodOptional<T>>;
  return z.strictObject(shape);
}

/** `breakGlass.activity.cloudtrail`. */
export const cloudtrailSchema = z.strictObject({
  readerRoleArn: z
    .string()
    .regex(ROLE_FORM, { error: ROLE_WORDS })
    .default(
      'arn:${partition}:iam::${accountId}:role/break-glass/ActivityReader',
    ),
  callsPerSecond: z
    .number({ error: 'must be a number' })
    .min(0.1, { error: 'must be at least 0.1' })
    .max(10, { error: 'must be at most 10; AWS allows 2' })
    .default(2),
  maxPages: z
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(1, { error: 'must be at least 1' })
    .max(10_000, { error: 'must be at most 10,000' })
    .default(200),
  partitions: byPartition(ownPartitionSchema).default({}),
});

/** What other keys of `breakGlass` say that is needed here, too. */
export const sharedSchema = z.object({
  partitions: byPartition(sharedPartitionSchema).refine(
    partitions => Object.keys(partitions).length > 0,
    { error: 'must hold at least one partition, e.g. aws' },
  ),
  externalIds: z.record(z.string(), z.string()).default({}),
});

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const url = new URL(text);
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return (
    (url.protocol === 'https:' || (url.protocol === 'http:' && here)) &&
    `${url.username}${url.password}${url.search}${url.hash}` === ''
  );
}
