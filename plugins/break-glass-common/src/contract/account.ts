import { z } from 'zod';
import { panicNoticeSchema } from './panicNotice';
import {
  accountIdSchema,
  configIdSchema,
  entityRefSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  partitionSchema,
  permissionExplanationSchema,
  ulidSchema,
} from './primitives';

/** Why an account cannot be used, and who can fix it. */
export const accountProblemSchema = z
  .object({
    code: z.enum([
      'untrusted-origin',
      'malformed-id',
      'missing-id',
      'duplicate-id',
      'partition-unknown',
      'suspended',
      'region-unknown',
    ]),
    message: z.string(),
    fix: z.string(),
  })
  .strict()
  .meta({ id: 'AccountProblem' });

/** An account as lists and leases name it. */
export const accountSummarySchema = z
  .object({
    ref: entityRefSchema,
    title: z.string(),
    accountId: z.string(),
    partition: partitionSchema.optional(),
    region: z.string().optional(),
    owner: entityRefSchema.optional(),
    controlPlane: z.boolean(),
    problems: z.array(accountProblemSchema),
  })
  .strict()
  .meta({ id: 'AccountSummary' });

/** IAM access levels, by IAM data (never by CloudTrail's `readOnly`). */
export const accessLevelSchema = z
  .enum([
    'list',
    'read',
    'tagging',
    'write',
    'permissions-management',
    'unknown',
  ])
  .meta({ id: 'AccessLevel' });

/** One typed parameter of a profile. */
export const profileParameterSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string().optional(),
    pattern: z.string(),
    maxLength: z.number().int(),
    required: z.boolean(),
    example: z.string().optional(),
  })
  .strict()
  .meta({ id: 'ProfileParameter' });

/** What a profile allows in one AWS service, in words. */
export const profileServiceSchema = z
  .object({
    service: z.string().meta({ description: 'IAM prefix, e.g. s3' }),
    title: z.string(),
    accessLevels: z.array(accessLevelSchema),
    actions: z.array(z.string()),
    resources: z.array(z.string()),
  })
  .strict()
  .meta({ id: 'ProfileService' });

/** A policy profile in words. */
export const profileSummarySchema = z
  .object({
    id: configIdSchema,
    title: z.string(),
    description: z.string(),
    services: z.array(profileServiceSchema),
    parameters: z.array(profileParameterSchema),
    managedPolicyArns: z.array(z.string()),
    chaining: z.boolean(),
    residueReviewed: z.boolean(),
  })
  .strict()
  .meta({ id: 'ProfileSummary' });

/** One step of an approval policy, in words. */
export const approvalStepSummarySchema = z
  .object({
    id: configIdSchema,
    title: z.string(),
    count: z.number().int().min(1),
    from: z.array(z.string()),
    exclude: z.array(z.string()),
    words: z.string(),
  })
  .strict()
  .meta({ id: 'ApprovalStepSummary' });

/** The caller's lease on a role that is still open, as the role card shows it. */
export const openLeaseSchema = z
  .object({
    id: ulidSchema,
    status: z.enum(['pending', 'scheduled', 'active']),
    profileId: configIdSchema,
    profileTitle: z.string(),
    requestedAt: instantSchema,
    lapsesAt: instantSchema,
    activeFrom: instantSchema.optional(),
    expiresAt: instantSchema.optional(),
    approvalsMissing: z.number().int(),
    issuingStopped: z.string().optional(),
  })
  .strict()
  .meta({ id: 'OpenLease' });

/** A role on an account, for the person who asks. */
export const accountRoleSchema = z
  .object({
    id: configIdSchema,
    title: z.string(),
    description: z.string(),
    roleName: z.string(),
    access: z.enum(['standing', 'lease']),
    eligible: permissionExplanationSchema,
    eligiblePeople: z
      .string()
      .meta({ description: 'Who is eligible, in words' }),
    profiles: z.array(profileSummarySchema),
    durationMinutes: z
      .object({
        min: z.number().int(),
        max: z.number().int(),
        suggested: z.array(z.number().int()),
      })
      .strict(),
    /** The policies that hold on this account, each with the profiles that it holds for; none of a standing role. */
    approvalPolicies: z.array(
      z
        .object({
          id: configIdSchema,
          words: z.string(),
          order: z.enum(['parallel', 'sequential']),
          steps: z.array(approvalStepSummarySchema),
          profileIds: z.array(configIdSchema),
          /** Where a lease may be activated without an approval: for how long at most, and when its review is due. */
          emergency: z
            .object({
              maxDurationMinutes: z.number().int(),
              reviewMinutes: z.number().int(),
            })
            .strict()
            .optional(),
          /** That nobody can approve what this person asks for, or that nothing is approved under it at all. */
          warning: z
            .object({
              code: z.enum(['nobody-can-approve', 'policy-unsafe']),
              message: z.string(),
            })
            .strict()
            .optional(),
        })
        .strict(),
    ),
    /** Why no lease can begin now, with the end of that time. */
    frozen: z.string().optional(),
    kill: z.enum(['boundary', 'none']),
    openLeases: z.array(openLeaseSchema),
  })
  .strict()
  .meta({ id: 'AccountRole' });

/** Answer of `GET /v1/accounts/:kind/:namespace/:name`. */
export const accountDetailSchema = accountSummarySchema
  .extend({
    roles: z.array(accountRoleSchema),
    /** What incident responders stopped on this account. */
    stops: z.array(panicNoticeSchema),
    ticket: z
      .object({
        required: z.boolean(),
        pattern: z.string(),
        example: z.string(),
        url: z.string().optional(),
      })
      .strict(),
    supportUrl: z.string().optional(),
  })
  .strict()
  .meta({ id: 'AccountDetail' });

/** Path of an account entity. */
export const accountPathSchema = z.object({
  kind: z.string().max(63),
  namespace: z.string().max(63),
  name: z.string().max(63),
});

/**
 * Query of the accounts; `search` is looked for in their names and ids, `usable` keeps
 * those that can be used, or those that cannot. With it, a page may hold fewer than
 * `limit` and still be followed by another: as long as there is a cursor, there may be more.
 */
export const accountListQuerySchema = pageQuerySchema.extend({
  search: z.string().max(100).optional(),
  usable: z.enum(['true', 'false']).optional(),
});
/** A page of accounts. */
export const accountListSchema = pageOf(accountSummarySchema).meta({
  id: 'AccountList',
});

/** What the caller may do, and what waits for them. */
export const meSchema = z
  .object({
    ref: entityRefSchema,
    displayName: z.string(),
    groups: z.array(entityRefSchema),
    eligibleRoles: z.array(configIdSchema),
    /** What incident responders stopped for the caller, everywhere. */
    stops: z.array(panicNoticeSchema),
    approver: z.boolean(),
    reviewer: z.boolean(),
    responder: z.boolean(),
    auditor: z.boolean(),
    open: z
      .object({
        approvals: z.number().int(),
        reviews: z.number().int(),
        mine: z.number().int(),
        /** Unbrokered uses that wait for the caller. */
        unbrokered: z.number().int(),
        /** Follow-ups that the caller has to do. */
        followUps: z.number().int(),
      })
      .strict(),
  })
  .strict()
  .meta({ id: 'Me' });

/** Answer of `GET /v1/profiles`. */
export const profileListSchema = z
  .object({
    items: z.array(
      profileSummarySchema
        .extend({ policy: z.record(z.string(), z.unknown()) })
        .strict()
        .meta({ id: 'ProfileWithPolicy' }),
    ),
  })
  .strict()
  .meta({ id: 'ProfileList' });

export { accountIdSchema };
/** See {@link accountProblemSchema}. */
export type AccountProblem = z.infer<typeof accountProblemSchema>;
/** See {@link accountSummarySchema}. */
export type AccountSummary = z.infer<typeof accountSummarySchema>;
/** See {@link accountDetailSchema}. */
export type AccountDetail = z.infer<typeof accountDetailSchema>;
/** See {@link accountRoleSchema}. */
export type AccountRole = z.infer<typeof accountRoleSchema>;
/** See {@link accessLevelSchema}. */
export type AccessLevel = z.infer<typeof accessLevelSchema>;
/** See {@link profileSummarySchema}. */
export type ProfileSummary = z.infer<typeof profileSummarySchema>;
/** See {@link profileParameterSchema}. */
export type ProfileParameter = z.infer<typeof profileParameterSchema>;
/** See {@link profileServiceSchema}. */
export type ProfileService = z.infer<typeof profileServiceSchema>;
/** See {@link approvalStepSummarySchema}. */
export type ApprovalStepSummary = z.infer<typeof approvalStepSummarySchema>;
/** See {@link openLeaseSchema}. */
export type OpenLease = z.infer<typeof openLeaseSchema>;
/** See {@link meSchema}. */
export type Me = z.infer<typeof meSchema>;
/** See {@link profileListSchema}. */
export type ProfileList = z.infer<typeof profileListSchema>;
