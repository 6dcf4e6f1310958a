import { z } from 'zod';
import { automaticSchema } from './lookupSchemas';
import {
  idSchema,
  minutesSchema,
  principalsSchema,
  titleSchema,
} from './values';

const HOUR = 60;
const DAY = 24 * HOUR;

const nobody = { groups: [], users: [], accountOwner: false };

const stepSchema = z.strictObject({
  id: idSchema,
  title: titleSchema,
  from: principalsSchema,
  exclude: principalsSchema.default(nobody),
  count: z.number().int().min(1).max(10).default(1),
});

/** Off unless it is there (I1). */
const emergencySchema = z
  .strictObject({
    maxDuration: minutesSchema({ min: 5, max: 4 * HOUR }),
    reviewWithin: minutesSchema({ min: 1, max: 7 * DAY }),
  })
  .transform(({ maxDuration, reviewWithin }) => ({
    maxDurationMinutes: maxDuration,
    reviewMinutes: reviewWithin,
  }));

/** One approval policy: named steps, each with who may decide and how many of them. */
export const approvalPolicySchema = z.strictObject({
  id: idSchema,
  order: z.enum(['parallel', 'sequential']).default('parallel'),
  steps: z.array(stepSchema).min(1).max(10),
  emergency: emergencySchema.optional(),
  automatic: automaticSchema.optional(),
});
