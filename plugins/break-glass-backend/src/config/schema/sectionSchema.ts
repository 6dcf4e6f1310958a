import path from 'path';
import { z } from 'zod';
import {
  Partition,
  partitionSchema,
} from 'backstage-plugin-break-glass-common';
import { isRegionOf } from '../regions';
import { approvalPolicySchema } from './approvalPolicySchema';
import { athenaSchema } from './athenaSchema';
import { bytesSchema } from './bytesSchema';
import { freezeSchema } from './freezeSchema';
import { onCallSchema, ticketLookupSchema } from './lookupSchemas';
import { profileSchema } from './profileSchema';
import { roleSchema } from './roleSchema';
import { trustedOriginsSchema } from './trustSchema';
import { unbrokeredSchema } from './unbrokeredSchema';
import {
  accountIdSchema,
  anchoredPatternSchema,
  baseUrlSchema,
  durationSchema,
  fixedPrincipalsSchema,
  minutesSchema,
} from './values';

const DAY = 24 * 60;

function isBrokerArn(partition: Partition, arn: string): boolean {
  const parts =
    /^arn:([a-z-]+):iam::(?:[0-9]{12}|\$\{accountId\}):(?:user|role)\/[\w+=,.@/-]+$/.exec(
      arn,
    );
  return parts?.[1] === partition;
}

function onePartitionSchema(partition: Partition) {
  return z.strictObject({
    brokerAccountId: accountIdSchema,
    brokerPerAccount: z.boolean().default(false),
    brokerArn: z
      .string()
      .refine(arn => isBrokerArn(partition, arn), {
        error: `must be the ARN of an IAM user or role: arn:${partition}:iam::<account>:role/<path and name>`,
      })
      .optional(),
    defaultRegion: z
      .string()
      .refine(region => isRegionOf(partition, region), {
        error: `must be a region of the partition ${partition}`,
      })
      .optional(),
    timeout: durationSchema
      .pipe(
        z
          .number()
          .min(1_000, { error: 'must be at least 1 s' })
          .max(20_000, { error: 'must be at most 20 s' }),
      )
      .optional(),
    endpoints: z
      .strictObject({
        sts: baseUrlSchema.optional(),
        iam: baseUrlSchema.optional(),
        signIn: baseUrlSchema.optional(),
        console: baseUrlSchema.optional(),
      })
      .prefault({})
      .refine(({ console }) => console || !partition.startsWith('aws-iso'), {
        path: ['console'],
        error: `is missing; AWS does not publish where the console of ${partition} is`,
      }),
  });
}

const partitionsSchema = z
  .record(z.string(), z.unknown())
  .transform((partitions, context) => {
    const checked: Partial<
      Record<Partition, z.output<ReturnType<typeof onePartitionSchema>>>
    > = {};
    for (const [name, value] of Object.entries(partitions)) {
      const partition = partitionSchema.safeParse(name);
      if (!partition.success) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `unknown partition; known are ${partitionSchema.options.join(
            ', ',
          )}`,
        });
        continue;
      }
      const result = onePartitionSchema(partition.data).safeParse(value);
      if (result.success) {
        checked[partition.data] = result.data;
      } else {
        result.error.issues.forEach(issue =>
          context.addIssue({
            ...(issue as z.core.$ZodRawIssue),
            path: [name, ...issue.path],
          }),
        );
      }
    }
    return checked;
  })
  .refine(partitions => Object.keys(partitions).length > 0, {
    error: 'must hold at least one partition, e.g. aws',
  });

/** Where a ticket is read; the ticket is encoded before it is put in. */
const ticketUrlSchema = z
  .string()
  .refine(
    url =>
      /^https?:\/\/[^/?#@\s${}]+\/[^\s${}]*\$\{ticket\}[^\s${}]*$/.test(url) &&
      URL.canParse(url),
    {
      error:
        'must be an http(s) address that holds ${ticket} after its host; in app-config.yaml write $${ticket}',
    },
  );

const ticketSchema = z.strictObject({
  required: z.boolean().default(true),
  pattern: anchoredPatternSchema,
  example: z.string().min(1).max(64),
  url: ticketUrlSchema.optional(),
  lookup: ticketLookupSchema.optional(),
  whenUnavailable: z.enum(['refuse', 'warn']).default('refuse'),
});

const reviewSchema = z.strictObject({
  due: minutesSchema({ min: 1, max: 90 * DAY }),
  settling: minutesSchema({ min: 1, max: 2 * DAY }),
  collectEvery: minutesSchema({ min: 1, max: DAY }),
  approverMayReview: z.boolean().default(false),
  remindBefore: minutesSchema({ min: 1, max: 30 * DAY }).default(DAY),
  remindEvery: minutesSchema({ min: 5, max: 30 * DAY }).default(DAY),
  escalateAfter: minutesSchema({ min: 1, max: 90 * DAY }).default(2 * DAY),
  escalateTo: fixedPrincipalsSchema.optional(),
  maxBytesPerLease: bytesSchema.prefault('1TB'),
  maxRecordsPerLook: z
    .number()
    .int()
    .min(1_000)
    .max(1_000_000)
    .default(100_000),
});

const approvalsSchema = z
  .strictObject({
    remindAfter: minutesSchema({ min: 5, max: 2 * DAY }).prefault({ hours: 1 }),
    escalateAfter: minutesSchema({ min: 5, max: 14 * DAY }).optional(),
    escalateTo: fixedPrincipalsSchema.optional(),
  })
  .refine(
    ({ escalateAfter, escalateTo }) =>
      (escalateAfter === undefined) === (escalateTo === undefined),
    { error: 'must have both escalateAfter and escalateTo, or neither' },
  );

const hourlySchema = z.number().int().min(1).max(10_000);

const limitsSchema = z.strictObject({
  requestsPerHour: hourlySchema.default(60),
  sessionsPerHour: hourlySchema.default(120),
});

const killsSchema = z.strictObject({
  lookEvery: minutesSchema({ min: 1, max: DAY }).default(5),
});

function auditSchema(repositoryRoot: string) {
  const file = z
    .string()
    .min(1)
    .transform(target => path.resolve(repositoryRoot, target));
  return z.strictObject({
    anchorFile: file.optional(),
    anchorEvery: minutesSchema({ min: 1, max: DAY }),
    spoolFile: file,
    acceptedHead: z
      .strictObject({
        seq: z.number().int().min(1),
        hash: z
          .string()
          .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits' }),
      })
      .optional(),
  });
}

const annotationSchema = z
  .string()
  .regex(/^[\w./-]{1,253}$/, { error: 'must be the name of an annotation' });

/** The whole `breakGlass` section. Relative files are resolved against the repository's root. */
export function sectionSchema(repositoryRoot: string) {
  const origins = trustedOriginsSchema(repositoryRoot);
  return z.strictObject({
    trust: z.strictObject({ accounts: origins, people: origins }),
    personKeyAnnotation: annotationSchema.optional(),
    managerAnnotation: annotationSchema.optional(),
    partitions: partitionsSchema,
    issuer: baseUrlSchema.optional(),
    controlPlaneAccountIds: z.array(accountIdSchema).default([]),
    externalIds: z
      .record(
        z.string(),
        z.string().regex(/^[\w+=,.@:/-]{2,1224}$/, {
          error:
            'must be an external id: 2 to 1,224 of letters, digits and +=,.@:/-',
        }),
      )
      .default({}),
    sourceIdentity: z.boolean().default(true),
    sessionTags: z.boolean().default(true),
    roles: z.array(roleSchema).min(1),
    profiles: z.array(profileSchema).min(1),
    approvalPolicies: z.array(approvalPolicySchema).default([]),
    freezes: z.array(freezeSchema).max(50).default([]),
    reviewers: fixedPrincipalsSchema,
    responders: fixedPrincipalsSchema,
    auditors: fixedPrincipalsSchema,
    ticket: ticketSchema,
    onCall: onCallSchema.optional(),
    supportUrl: baseUrlSchema.optional(),
    review: reviewSchema,
    approvals: approvalsSchema.prefault({}),
    limits: limitsSchema.prefault({}),
    kills: killsSchema.prefault({}),
    unbrokered: unbrokeredSchema.prefault({}),
    audit: auditSchema(repositoryRoot),
    /** Athena is ours; every other key belongs to the module that reads such logs, which checks it. */
    activity: z.looseObject({ athena: athenaSchema.optional() }).optional(),
  });
}

/** The section as the schema reads it, before references are checked. */
export type Section = z.output<ReturnType<typeof sectionSchema>>;
