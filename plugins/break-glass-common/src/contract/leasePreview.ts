import { z } from 'zod';
import { profileServiceSchema } from './account';
import { leaseRequestSchema, leaseStepSchema } from './lease';
import { instantSchema, permissionExplanationSchema } from './primitives';

/** Body of a preview: what is not filled in yet may be missing. */
export const leasePreviewRequestSchema = leaseRequestSchema
  .partial({ reason: true, ticket: true, durationMinutes: true })
  .strict()
  .meta({ id: 'LeasePreviewRequest' });

/** What a request would come to, before it is made. */
export const leasePreviewSchema = z
  .object({
    eligible: permissionExplanationSchema,
    policy: z
      .object({
        services: z.array(profileServiceSchema),
        document: z.record(z.string(), z.unknown()),
        size: z.number().int(),
        limit: z.number().int(),
      })
      .strict(),
    durationMinutes: z.number().int(),
    /** When it would end if it were approved now, or started as asked. */
    endsAt: instantSchema,
    lapsesAt: instantSchema,
    order: z.enum(['parallel', 'sequential']),
    steps: z.array(leaseStepSchema),
    warnings: z.array(
      z.object({ code: z.string(), message: z.string() }).strict(),
    ),
    /** Problems by field; a request with any is refused. */
    problems: z.array(
      z
        .object({ field: z.string(), code: z.string(), message: z.string() })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'LeasePreview' });

/** See {@link leasePreviewRequestSchema}. */
export type LeasePreviewRequest = z.infer<typeof leasePreviewRequestSchema>;

/** See {@link leasePreviewSchema}. */
export type LeasePreview = z.infer<typeof leasePreviewSchema>;
