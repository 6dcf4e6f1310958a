import { z } from 'zod';
import {
  anchoredPatternSchema,
  descriptionSchema,
  idSchema,
  managedPolicyArnSchema,
  titleSchema,
} from './values';

const oneOrMore = (item: z.ZodString) =>
  z.union([item, z.array(item).min(1)], {
    error: 'must be a text or a list of texts',
  });

/** Actions hold no variable: who fills in a form never chooses what is allowed. */
const actionsSchema = oneOrMore(
  z.string().regex(/^(?:\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/, {
    error: "must be an action such as s3:GetObject, or '*'",
  }),
);
const resourcesSchema = oneOrMore(z.string().min(1).max(2_048));

const statementSchema = z
  .strictObject({
    Sid: z
      .string()
      .regex(/^[A-Za-z0-9]{1,64}$/, { error: 'must be letters and digits' })
      .optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: actionsSchema.optional(),
    NotAction: actionsSchema.optional(),
    Resource: resourcesSchema.optional(),
    NotResource: resourcesSchema.optional(),
    Condition: z
      .record(
        z.string().regex(/^[A-Za-z:]+$/),
        z.record(
          z.string().regex(/^[^${}]+$/),
          z.union([z.string(), z.array(z.string()).min(1)]),
        ),
      )
      .optional(),
  })
  .refine(it => (it.Action === undefined) !== (it.NotAction === undefined), {
    error: 'must have either Action or NotAction',
  })
  .refine(
    it => (it.Resource === undefined) !== (it.NotResource === undefined),
    { error: 'must have either Resource or NotResource' },
  );

const parameterSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,31}$/, {
      error: 'must be a name of letters and digits, e.g. bucket',
    })
    // The audit log refuses members whose names say that they are secrets (I10).
    .refine(
      name => !/password|secret|token|cookie|authorization|key$/i.test(name),
      {
        error: 'must not be a secret: parameters are stored and shown',
      },
    ),
  title: titleSchema,
  description: descriptionSchema.optional(),
  pattern: anchoredPatternSchema,
  maxLength: z.number().int().min(1).max(256),
  required: z.boolean().default(true),
  example: z.string().max(256).optional(),
});

/** One policy profile. */
export const profileSchema = z.strictObject({
  id: idSchema,
  title: titleSchema,
  description: descriptionSchema,
  statements: z.array(statementSchema).min(1).max(20),
  managedPolicyArns: z.array(managedPolicyArnSchema).max(10).default([]),
  parameters: z.array(parameterSchema).max(10).default([]),
  consolePath: z.string().max(512).optional(),
  chaining: z.boolean().default(false),
  /** `reviewed`: what outlives the lease is allowed, and is listed for the reviewer. */
  residue: z.enum(['denied', 'reviewed']).default('denied'),
});
