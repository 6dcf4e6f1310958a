import { z } from 'zod';
import { decisionSchema } from './decision';
import {
  freeTextSchema,
  instantSchema,
  permissionExplanationSchema,
  ulidSchema,
} from './primitives';

/** Body of asking for more time. */
export const extensionRequestSchema = z
  .object({
    /** On top of the lease's length. */
    minutes: z
      .number({ error: 'minutes must be a whole number' })
      .int({ error: 'minutes must be a whole number' })
      .min(1),
    reason: freeTextSchema,
  })
  .strict()
  .meta({ id: 'ExtensionRequest' });

/** More time for an active lease: asked for, and decided under the lease's approval policy. */
export const extensionSchema = z
  .object({
    id: ulidSchema,
    /** One that waits lapses with the lease. */
    status: z.enum(['pending', 'approved', 'rejected', 'cancelled', 'lapsed']),
    reason: z.string(),
    minutes: z.number().int(),
    /** Length of the whole lease with it: the term that is decided on. */
    durationMinutes: z.number().int(),
    requestedAt: instantSchema,
    approvalsMissing: z.number().int(),
    decisions: z.array(decisionSchema),
    /** Whether the caller may decide on it. */
    decide: permissionExplanationSchema,
  })
  .strict()
  .meta({ id: 'Extension' });

/** Path of one extension. */
export const extensionPathSchema = z.object({
  id: ulidSchema,
  extensionId: ulidSchema,
});

/** See {@link extensionRequestSchema}. */
export type ExtensionRequest = z.infer<typeof extensionRequestSchema>;

/** See {@link extensionSchema}. */
export type Extension = z.infer<typeof extensionSchema>;
