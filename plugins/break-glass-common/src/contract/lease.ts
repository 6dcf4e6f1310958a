import { z } from 'zod';
import { approvalStepSummarySchema, profileServiceSchema } from './account';
import { decisionSchema } from './decision';
import { extensionSchema } from './extension';
import {
  accountIdSchema,
  configIdSchema,
  entityRefSchema,
  freeTextSchema,
  instantSchema,
  optionalCommentSchema,
  pageOf,
  pageQuerySchema,
  partitionSchema,
  permissionExplanationSchema,
  sha256Schema,
  ulidSchema,
} from './primitives';
import { reviewStateSchema, reviewSummarySchema, riskSchema } from './review';
import { sessionSummarySchema } from './session';

/** States of a lease (03-domain.md). What the clock says counts, not what a job recorded. */
export const leaseStatusSchema = z
  .enum([
    'pending',
    'scheduled',
    'active',
    'rejected',
    'cancelled',
    'lapsed',
    'expired',
    'ended',
    'revoked',
  ])
  .meta({ id: 'LeaseStatus' });

/** How a lease came, or comes, to be active. */
export const approvalKindSchema = z
  .enum(['people', 'automatic', 'emergency'])
  .meta({ id: 'ApprovalKind' });

/** Start and length of a lease: approved together with its scope. */
export const termSchema = z
  .object({
    /** Absent: from the moment of the last approval. */
    startAt: instantSchema.optional(),
    durationMinutes: z.number().int().min(1),
  })
  .strict()
  .meta({ id: 'Term' });

/** Body of a request, and of its preview. */
export const leaseRequestSchema = z
  .object({
    accountRef: entityRefSchema,
    roleId: configIdSchema,
    profileId: configIdSchema,
    profileParameters: z
      .record(z.string().max(64), z.string().max(256))
      .default({}),
    reason: freeTextSchema,
    ticket: z.string().trim().max(64).optional(),
    beneficiary: entityRefSchema.optional(),
    /** Whole minutes from activation. */
    durationMinutes: z
      .number({ error: 'durationMinutes must be a whole number of minutes' })
      .int({ error: 'durationMinutes must be a whole number of minutes' }),
    startAt: instantSchema.optional(),
    /** Activate at once, without an approval, where the policy allows it. */
    emergency: z
      .object({
        /** The title of the account, typed by the person. */
        confirmation: z.string().max(200),
      })
      .strict()
      .optional(),
  })
  .strict()
  .meta({ id: 'LeaseRequest' });

/** One person as pages name them. */
export const personSchema = z
  .object({ ref: entityRefSchema, displayName: z.string() })
  .strict()
  .meta({ id: 'Person' });

/** A step of a lease, with what was decided on it. */
export const leaseStepSchema = approvalStepSummarySchema
  .extend({
    approvals: z.number().int(),
    met: z.boolean(),
    /** Up to ten people who can still decide on it. */
    candidates: z.array(personSchema),
    candidateCount: z.number().int(),
  })
  .strict()
  .meta({ id: 'LeaseStep' });

/** What the caller may do with a lease, each with its reasons. */
export const leaseActionsSchema = z
  .object({
    decide: permissionExplanationSchema,
    /** Refused where a decision could only be a rejection. */
    approve: permissionExplanationSchema,
    cancel: permissionExplanationSchema,
    end: permissionExplanationSchema,
    revoke: permissionExplanationSchema,
    /** Ask for more time. */
    extend: permissionExplanationSchema,
    issue: permissionExplanationSchema,
    review: permissionExplanationSchema,
    /** Take the review on, or give it to another reviewer. */
    assign: permissionExplanationSchema,
    /** Open a review again that had its verdict. */
    reopen: permissionExplanationSchema,
  })
  .strict()
  .meta({ id: 'LeaseActions' });

/** Killing of live credentials: asked for, accepted by AWS, seen to be refused. */
export const killStateSchema = z
  .enum(['none', 'not-deployed', 'requested', 'accepted', 'probed'])
  .meta({ id: 'KillState' });

/** A lease as lists show it. */
export const leaseSummarySchema = z
  .object({
    id: ulidSchema,
    status: leaseStatusSchema,
    approvalKind: approvalKindSchema,
    account: z
      .object({
        ref: entityRefSchema,
        title: z.string(),
        accountId: accountIdSchema,
        partition: partitionSchema,
        region: z.string(),
      })
      .strict(),
    role: z
      .object({ id: configIdSchema, title: z.string(), arn: z.string() })
      .strict(),
    profile: z
      .object({
        id: configIdSchema,
        title: z.string(),
        parameters: z.record(z.string(), z.string()),
      })
      .strict(),
    requester: personSchema,
    beneficiary: personSchema.optional(),
    reason: z.string(),
    ticket: z.string().optional(),
    term: termSchema,
    scopeHash: sha256Schema,
    requestedAt: instantSchema,
    lapsesAt: instantSchema,
    activeFrom: instantSchema.optional(),
    expiresAt: instantSchema.optional(),
    closedAt: instantSchema.optional(),
    closedBy: z.string().optional(),
    closeComment: z.string().optional(),
    approvalsMissing: z.number().int(),
    issuingStopped: z.string().optional(),
    kill: killStateSchema,
    review: z
      .object({
        state: reviewStateSchema,
        dueAt: instantSchema.optional(),
        overdue: z.boolean(),
        /** Who took the review on. */
        reviewer: personSchema.optional(),
        /** State of the evidence; absent before anybody looked. */
        evidence: z.enum(['collecting', 'complete', 'logs-missing']).optional(),
        /** What a reviewer weighs; absent before anybody looked. */
        risk: riskSchema.optional(),
      })
      .strict(),
    sessionCount: z.number().int(),
    /** An extension waits for its decision. */
    extensionAsked: z.boolean(),
  })
  .strict()
  .meta({ id: 'LeaseSummary' });

/** Something to weigh before deciding; it stands in nobody's way. */
export const hintSchema = z
  .object({
    code: z.enum(['pair-history', 'reporting-line', 'ticket-unconfirmed']),
    message: z.string(),
  })
  .strict()
  .meta({ id: 'Hint' });

/** One lease with everything a person decides on. */
export const leaseDetailSchema = leaseSummarySchema
  .extend({
    version: z.number().int(),
    order: z.enum(['parallel', 'sequential']),
    steps: z.array(leaseStepSchema),
    decisions: z.array(decisionSchema),
    sessions: z.array(sessionSummarySchema),
    policy: z
      .object({
        services: z.array(profileServiceSchema),
        document: z.record(z.string(), z.unknown()),
        size: z.number().int(),
      })
      .strict(),
    reviews: z.array(reviewSummarySchema),
    /** Oldest first. */
    extensions: z.array(extensionSchema),
    /** Minutes by which the lease can still be made longer. */
    extendable: z.number().int(),
    actions: leaseActionsSchema,
    ticketUrl: z.string().optional(),
    /** For who may decide; empty for everybody else. */
    hints: z.array(hintSchema),
    /** Only in the answer to a request: whether the lease was there before, so that no second one was made. */
    reused: z.boolean().optional(),
  })
  .strict()
  .meta({ id: 'LeaseDetail' });

/** Which leases a list holds: one’s own, those to decide, those to review, or all that one may read. */
export const leaseViewSchema = z.enum(['mine', 'approvals', 'reviews', 'all']);

/** Query of the leases; `from` and `to` are instants of the request. */
export const leaseListQuerySchema = pageQuerySchema.extend({
  view: leaseViewSchema.default('all'),
  /** Several, separated by commas. */
  status: z
    .string()
    .max(200)
    .transform(text => text.split(','))
    .pipe(z.array(leaseStatusSchema).max(9))
    .optional(),
  accountRef: entityRefSchema.optional(),
  requester: entityRefSchema.optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
/** A page of leases. */
export const leaseListSchema = pageOf(leaseSummarySchema).meta({
  id: 'LeaseList',
});

/** Path of one lease. */
export const leasePathSchema = z.object({ id: ulidSchema });

/** Body of a decision: what was seen is sent back, so that nobody approves what they did not see. */
export const decisionRequestSchema = z
  .object({
    /** May be left out by a person who fits exactly one step. */
    step: configIdSchema.optional(),
    verdict: z.enum(['approve', 'reject']),
    comment: optionalCommentSchema,
    scopeHash: sha256Schema,
    term: termSchema,
  })
  .strict()
  .meta({ id: 'DecisionRequest' });

/** Body of cancel, end and revoke. */
export const closeRequestSchema = z
  .object({ comment: optionalCommentSchema })
  .strict()
  .meta({ id: 'CloseRequest' });

/** See {@link leaseStatusSchema}. */
export type LeaseStatus = z.infer<typeof leaseStatusSchema>;

/** See {@link approvalKindSchema}. */
export type ApprovalKind = z.infer<typeof approvalKindSchema>;

/** See {@link termSchema}. */
export type Term = z.infer<typeof termSchema>;

/** See {@link leaseRequestSchema}. */
export type LeaseRequest = z.infer<typeof leaseRequestSchema>;

/** See {@link personSchema}. */
export type Person = z.infer<typeof personSchema>;

/** See {@link leaseStepSchema}. */
export type LeaseStep = z.infer<typeof leaseStepSchema>;

/** See {@link leaseActionsSchema}. */
export type LeaseActions = z.infer<typeof leaseActionsSchema>;

/** See {@link leaseSummarySchema}. */
export type LeaseSummary = z.infer<typeof leaseSummarySchema>;

/** See {@link hintSchema}. */
export type Hint = z.infer<typeof hintSchema>;

/** See {@link leaseDetailSchema}. */
export type LeaseDetail = z.infer<typeof leaseDetailSchema>;

/** See {@link leaseViewSchema}. */
export type LeaseView = z.infer<typeof leaseViewSchema>;

/** See {@link leaseListQuerySchema}. */
export type LeaseListQuery = z.infer<typeof leaseListQuerySchema>;

/** See {@link decisionRequestSchema}. */
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;

/** See {@link killStateSchema}. */
export type KillState = z.infer<typeof killStateSchema>;
