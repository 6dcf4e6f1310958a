import { z } from 'zod';
import { configIdSchema, instantSchema, ulidSchema } from './primitives';

/** One decision of one person on one step. */
export const decisionSchema = z
  .object({
    id: ulidSchema,
    step: configIdSchema,
    by: z.string().meta({ description: 'entity ref, or `system`' }),
    verdict: z.enum(['approve', 'reject']),
    comment: z.string().optional(),
    at: instantSchema,
  })
  .strict()
  .meta({ id: 'Decision' });

/** See {@link decisionSchema}. */
export type Decision = z.infer<typeof decisionSchema>;
