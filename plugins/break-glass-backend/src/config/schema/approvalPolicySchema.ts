import { z } from 'zod';
import { idSchema, principalsSchema, titleSchema } from './values';

const nobody = { groups: [], users: [], accountOwner: false };

const stepSchema = z.strictObject({
  id: idSchema,
  title: titleSchema,
  from: principalsSchema,
  exclude: principalsSchema.default(nobody),
  count: z.number().int().min(1).max(10).default(1),
});

/** One approval policy: named steps, each with who may decide and how many of them. */
export const approvalPolicySchema = z.strictObject({
  id: idSchema,
  order: z.enum(['parallel', 'sequential']).default('parallel'),
  steps: z.array(stepSchema).min(1).max(10),
});
