import { z } from 'zod';
import {
  entityRefSchema,
  freeTextSchema,
  instantSchema,
  sha256Schema,
  ulidSchema,
} from './primitives';

/** Where the review of a lease is: not due, logs still arriving, waiting for a verdict, or decided. */
export const reviewStateSchema = z
  .enum(['none', 'collecting', 'open', 'accepted', 'flagged'])
  .meta({ id: 'ReviewState' });

/** Something that remains to be done after a review. */
export const followUpSchema = z
  .object({
    title: freeTextSchema,
    owner: entityRefSchema.optional(),
    dueAt: instantSchema.optional(),
  })
  .strict()
  .meta({ id: 'FollowUp' });

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
