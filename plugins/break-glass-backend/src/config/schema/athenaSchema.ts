import { partitionSchema } from 'backstage-plugin-break-glass-common';
import { z } from 'zod';
import { isRegionOf } from '../regions';
import { bytesSchema } from './bytesSchema';
import { accountIdSchema, baseUrlSchema, durationSchema } from './values';

/** Becomes part of SQL, in double quotes: nothing but what needs none. */
const sqlNameSchema = z.string().regex(/^[a-z_][a-z0-9_]{0,127}$/, {
  error: 'must be a name of lower-case letters, digits and underscores',
});

const workgroupSchema = z.string().regex(/^[a-zA-Z0-9._-]{1,128}$/, {
  error: 'must be the name of a workgroup: letters, digits and ._-',
});

const catalogSchema = z.string().regex(/^[\w@-]{1,128}$/, {
  error: 'must be the name of a data catalog: letters, digits and _@-',
});

const timeoutSchema = durationSchema.pipe(
  z
    .number()
    .min(5_000, { error: 'must be at least 5 s' })
    .max(150_000, { error: 'must be at most 150 s' }),
);

/** `all`, or those that are listed. */
const someOrAll = <T extends z.ZodType>(item: T) =>
  z
    .union([z.literal('all'), z.array(item).min(1)])
    .default('all')
    .transform(given => (given === 'all' ? undefined : given));

const partitionColumnsSchema = z.strictObject({
  account: sqlNameSchema.default('account'),
  region: sqlNameSchema.default('region'),
  day: z
    .union([
      sqlNameSchema,
      z.strictObject({
        year: sqlNameSchema,
        month: sqlNameSchema,
        day: sqlNameSchema,
      }),
    ])
    .optional(),
});

const logSchema = z
  .strictObject({
    partition: partitionSchema.default('aws'),
    accountId: accountIdSchema,
    region: z.string(),
    endpoint: baseUrlSchema.optional(),
    workgroup: workgroupSchema,
    catalog: catalogSchema.default('AwsDataCatalog'),
    database: sqlNameSchema,
    table: sqlNameSchema,
    layout: z.enum(['trail', 'firehose']),
    accounts: someOrAll(accountIdSchema),
    regions: someOrAll(z.string()),
    partitionColumns: partitionColumnsSchema.prefault({}),
    dayFormat: z.enum(['yyyy/MM/dd', 'yyyy-MM-dd']).default('yyyy/MM/dd'),
    maxBytesPerQuery: bytesSchema.prefault('100GB'),
    timeout: timeoutSchema.prefault('2m'),
  })
  .superRefine(({ partition, region, regions = [], layout }, context) => {
    const issue = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', path, message });
    const unknown = `must be a region of the partition ${partition}`;
    if (!isRegionOf(partition, region)) {
      issue(unknown, 'region');
    }
    regions.forEach((each, index) => {
      if (!isRegionOf(partition, each)) {
        issue(unknown, 'regions', index);
      }
    });
    if (layout === 'firehose' && regions.length > 0) {
      issue('is for the layout trail: a stream holds all regions', 'regions');
    }
  });

/** `breakGlass.activity.athena`: the tables that hold CloudTrail records. */
export const athenaSchema = z.array(logSchema).min(1, {
  error: 'must name at least one table',
});
