import { z } from 'zod';
import {
  entityRefSchema,
  freeTextSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  permissionExplanationSchema,
  sha256Schema,
  ulidSchema,
} from './primitives';

/** Where the review of a lease is: not due, logs still arriving, waiting for a verdict, or decided. */
export const reviewStateSchema = z
  .enum(['none', 'collecting', 'open', 'accepted', 'flagged'])
  .meta({ id: 'ReviewState' });

/** What a reviewer weighs before opening a lease: counts over its evidence. */
export const riskSchema = z
  .object({
    writes: z.number().int(),
    refused: z.number().int(),
    sensitive: z.number().int(),
    /** What the lease left behind and nobody removed or justified yet. */
    residueOpen: z.number().int(),
  })
  .strict()
  .meta({ id: 'Risk' });

/** Something that remains to be done after a review. */
export const followUpSchema = z
  .object({
    title: freeTextSchema,
    owner: entityRefSchema.optional(),
    dueAt: instantSchema.optional(),
  })
  .strict()
  .meta({ id: 'FollowUp' });

/** A follow-up as it stands: who has to do it, until when, and whether it is done. */
export const followUpStateSchema = z
  .object({
    id: ulidSchema,
    title: z.string(),
    owner: entityRefSchema.optional(),
    dueAt: instantSchema.optional(),
    overdue: z.boolean(),
    /** The lease it came from, or the unbrokered use. */
    leaseId: ulidSchema.optional(),
    unbrokeredId: ulidSchema.optional(),
    accountTitle: z.string(),
    createdAt: instantSchema,
    createdBy: entityRefSchema,
    done: z
      .object({
        by: entityRefSchema,
        at: instantSchema,
        comment: z.string(),
      })
      .strict()
      .optional(),
    canFinish: permissionExplanationSchema,
  })
  .strict()
  .meta({ id: 'FollowUpState' });

/** Query of the follow-ups. */
export const followUpListQuerySchema = pageQuerySchema.extend({
  /** Those that the caller has to do, or all that they may read. */
  view: z.enum(['mine', 'all']).default('mine'),
  state: z.enum(['open', 'overdue', 'done']).optional(),
  leaseId: ulidSchema.optional(),
  unbrokeredId: ulidSchema.optional(),
});

/** A page of follow-ups, oldest first. */
export const followUpListSchema = pageOf(followUpStateSchema).meta({
  id: 'FollowUpList',
});

/** Path of a follow-up. */
export const followUpPathSchema = z.object({ id: ulidSchema });

/** Body that says a follow-up is done, and how. */
export const followUpDoneSchema = z
  .object({ comment: freeTextSchema })
  .strict()
  .meta({ id: 'FollowUpDone' });

/** Body that gives a review to a person, or, without one, back to the queue. */
export const assignReviewSchema = z
  .object({ reviewer: entityRefSchema.optional() })
  .strict()
  .meta({ id: 'AssignReview' });

/** Body that opens a review again, with the reason. */
export const reopenReviewSchema = z
  .object({ comment: freeTextSchema })
  .strict()
  .meta({ id: 'ReopenReview' });

/** Body that accepts several leases at once; each must have issued no session. */
export const bulkReviewSchema = z
  .object({
    leaseIds: z.array(ulidSchema).min(1).max(50),
    comment: freeTextSchema,
  })
  .strict()
  .meta({ id: 'BulkReview' });

/** What became of each lease of a bulk. */
export const bulkReviewResultSchema = z
  .object({
    items: z.array(
      z
        .object({
          leaseId: ulidSchema,
          accepted: z.boolean(),
          code: z.string().optional(),
          message: z.string().optional(),
        })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'BulkReviewResult' });

/** What a reviewer confirms. */
export const checklistSchema = z
  .object({
    ended: z.boolean(),
    matchesReason: z.boolean(),
    rotated: z.boolean(),
    lessons: z.boolean(),
  })
  .strict()
  .meta({ id: 'Checklist' });

/** Body of a verdict. */
export const reviewRequestSchema = z
  .object({
    verdict: z.enum(['accepted', 'flagged']),
    comment: freeTextSchema,
    checklist: checklistSchema,
    followUps: z.array(followUpSchema).max(20).default([]),
    /** Hash of the evidence that was on the page. */
    evidenceHash: sha256Schema,
    /** Reason to accept although the evidence is incomplete; audited. */
    override: freeTextSchema.optional(),
  })
  .strict()
  .meta({ id: 'ReviewRequest' });

/** A verdict that was given. */
export const reviewSummarySchema = z
  .object({
    id: ulidSchema,
    by: entityRefSchema,
    verdict: z.enum(['accepted', 'flagged']),
    comment: z.string(),
    checklist: checklistSchema,
    followUps: z.array(followUpSchema),
    evidenceHash: sha256Schema,
    override: z.string().optional(),
    at: instantSchema,
  })
  .strict()
  .meta({ id: 'ReviewSummary' });

/** See {@link reviewStateSchema}. */
export type ReviewState = z.infer<typeof reviewStateSchema>;
/** See {@link followUpSchema}. */
export type FollowUp = z.infer<typeof followUpSchema>;
/** See {@link checklistSchema}. */
export type Checklist = z.infer<typeof checklistSchema>;
/** See {@link reviewRequestSchema}. */
export type ReviewRequest = z.infer<typeof reviewRequestSchema>;
/** See {@link reviewSummarySchema}. */
export type ReviewSummary = z.infer<typeof reviewSummarySchema>;
/** See {@link followUpStateSchema}. */
export type FollowUpState = z.infer<typeof followUpStateSchema>;
/** See {@link followUpListQuerySchema}. */
export type FollowUpListQuery = z.infer<typeof followUpListQuerySchema>;
/** See {@link bulkReviewSchema}. */
export type BulkReview = z.infer<typeof bulkReviewSchema>;
/** See {@link bulkReviewResultSchema}. */
export type BulkReviewResult = z.infer<typeof bulkReviewResultSchema>;
/** See {@link riskSchema}. */
export type Risk = z.infer<typeof riskSchema>;
