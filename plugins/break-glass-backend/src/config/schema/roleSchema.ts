import { z } from 'zod';
import { accountFilterSchema } from './accountFilterSchema';
import {
  arnTemplateSchema,
  descriptionSchema,
  durationSchema,
  idSchema,
  minutesSchema,
  principalsSchema,
  titleSchema,
} from './values';

const DAY = 24 * 60;
const HOUR_IN_SECONDS = 3_600;

const maxSessionSchema = durationSchema
  .transform(milliseconds => milliseconds / 1_000)
  .pipe(
    z
      .number()
      .int({ error: 'must be whole seconds' })
      .min(900, { error: 'must be at least 15 min' })
      .max(HOUR_IN_SECONDS, { error: 'must be at most 1 h' }),
  );

const killSchema = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        boundaryPolicyArn: arnTemplateSchema('policy'),
        killerRoleArn: arnTemplateSchema('role'),
      }),
    ],
    {
      error:
        "must be 'none', or boundaryPolicyArn and killerRoleArn, each as arn:$${partition}:iam::$${accountId}:…",
    },
  )
  .transform(kill =>
    kill === 'none'
      ? ({ type: 'none' } as const)
      : ({
          type: 'boundary',
          policyArn: kill.boundaryPolicyArn,
          killerRoleArn: kill.killerRoleArn,
        } as const),
  );

const overrideSchema = z.strictObject({
  profiles: z.array(idSchema).min(1).optional(),
  accounts: accountFilterSchema.optional(),
  approvalPolicy: idSchema,
});

const common = {
  id: idSchema,
  title: titleSchema,
  description: descriptionSchema,
  arn: arnTemplateSchema('role'),
  eligible: principalsSchema.refine(
    people =>
      people.groups.length + people.users.length > 0 || people.accountOwner,
    { error: 'must name at least one group or user, or the account owner' },
  ),
  maxSession: maxSessionSchema.default(HOUR_IN_SECONDS),
};

const leaseRoleSchema = z.strictObject({
  ...common,
  access: z.literal('lease'),
  profiles: z.array(idSchema).min(1, {
    error: 'must name at least one profile: a lease always has one',
  }),
  approvalPolicy: idSchema.optional(),
  approvalOverrides: z
    .array(
      overrideSchema.refine(({ profiles, accounts }) => profiles ?? accounts, {
        error:
          'must name profiles or accounts: for all of both, approvalPolicy is the key',
      }),
    )
    .max(50)
    .default([]),
  maxDuration: minutesSchema({ min: 15, max: 7 * DAY }),
  suggestedDurations: z
    .array(minutesSchema({ min: 1, max: 7 * DAY }))
    .default([]),
  pendingTimeout: minutesSchema({ min: 5, max: 14 * DAY }).default(8 * 60),
  kill: killSchema,
});

const standingRoleSchema = z.strictObject({
  ...common,
  access: z.literal('standing'),
  profiles: z.array(idSchema).default([]),
});

/** One role: with a lease, or standing. What belongs to leases only is unknown to a standing role. */
export const roleSchema = z.discriminatedUnion(
  'access',
  [leaseRoleSchema, standingRoleSchema],
  { error: "must say access: 'lease' or 'standing'" },
);

/** A role as the schema reads it. */
export type RoleInput = z.output<typeof roleSchema>;
