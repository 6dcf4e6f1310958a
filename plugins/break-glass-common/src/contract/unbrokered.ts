import { z } from 'zod';
import { activityEventSchema } from './activity';
import { personSchema } from './lease';
import {
  accountIdSchema,
  configIdSchema,
  entityRefSchema,
  freeTextSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  partitionSchema,
  permissionExplanationSchema,
  ulidSchema,
} from './primitives';
import { followUpSchema } from './review';

/** Where an unbrokered use is: nobody explained it, it waits for its review, or decided. */
export const unbrokeredStateSchema = z
  .enum(['open', 'justified', 'accepted', 'flagged'])
  .meta({ id: 'UnbrokeredState' });

/** What a reviewer of an unbrokered use confirms. */
export const unbrokeredChecklistSchema = z
  .object({
    /** Keys and passwords that were used have been changed. */
    credentialsRotated: z.boolean(),
    /** The access that made it possible was taken away, or sealed again. */
    accessRevoked: z.boolean(),
    /** What was learned is written down. */
    lessonsLearned: z.boolean(),
  })
  .strict()
  .meta({ id: 'UnbrokeredChecklist' });

/** A verdict on an unbrokered use. */
export const unbrokeredReviewSchema = z
  .object({
    id: ulidSchema,
    by: entityRefSchema,
    verdict: z.enum(['accepted', 'flagged']),
    comment: z.string(),
    checklist: unbrokeredChecklistSchema,
    followUps: z.array(followUpSchema),
    at: instantSchema,
  })
  .strict()
  .meta({ id: 'UnbrokeredReview' });

/** A use of a configured role, or of an emergency user, that no session of ours explains. */
export const unbrokeredUseSchema = z
  .object({
    id: ulidSchema,
    state: unbrokeredStateSchema,
    kind: z.enum(['assume-role', 'console-sign-in', 'session']),
    /** When it began, by the logs. */
    at: instantSchema,
    foundAt: instantSchema,
    /** How it came to us; what only a topic reported is shown until the logs confirm it. */
    via: z.enum(['search', 'topic', 'lease']),
    seenInLogs: z.boolean(),
    account: z
      .object({
        ref: entityRefSchema.optional(),
        title: z.string(),
        accountId: accountIdSchema,
        partition: partitionSchema,
      })
      .strict(),
    role: z
      .object({ id: configIdSchema, title: z.string() })
      .strict()
      .optional(),
    roleArn: z.string().optional(),
    /** ARN of who did it, as the record says. */
    principal: z.string(),
    /** Emergency user as configured, where it was one. */
    emergencyUser: z.string().optional(),
    sessionName: z.string().optional(),
    sourceIp: z.string().optional(),
    userAgent: z.string().optional(),
    /** Lease whose name it carries without being of it (pitfall 38). */
    leaseId: ulidSchema.optional(),
    /** What to know before judging, in one sentence. */
    words: z.string(),
    /** Who has to explain it: a person or a group. */
    owner: personSchema.optional(),
    dueAt: instantSchema,
    overdue: z.boolean(),
    justification: z
      .object({
        by: personSchema,
        at: instantSchema,
        text: z.string(),
        ticket: z.string().optional(),
      })
      .strict()
      .optional(),
    eventCount: z.number().int(),
  })
  .strict()
  .meta({ id: 'UnbrokeredUse' });

/** One unbrokered use with everything a person decides on. */
export const unbrokeredDetailSchema = unbrokeredUseSchema
  .extend({
    version: z.number().int(),
    reviews: z.array(unbrokeredReviewSchema),
    actions: z
      .object({
        assign: permissionExplanationSchema,
        justify: permissionExplanationSchema,
        review: permissionExplanationSchema,
      })
      .strict(),
  })
  .strict()
  .meta({ id: 'UnbrokeredDetail' });

/** Query of the unbrokered uses, newest first. */
export const unbrokeredListQuerySchema = pageQuerySchema.extend({
  /** Those that wait for the caller, or all that they may read. */
  view: z.enum(['mine', 'all']).default('all'),
  state: unbrokeredStateSchema.optional(),
  accountRef: entityRefSchema.optional(),
  leaseId: ulidSchema.optional(),
});

/** A page of unbrokered uses. */
export const unbrokeredListSchema = pageOf(unbrokeredUseSchema).meta({
  id: 'UnbrokeredList',
});

/** Path of one unbrokered use. */
export const unbrokeredPathSchema = z.object({ id: ulidSchema });

/** Query of what was done in an unbrokered use. */
export const unbrokeredActivityQuerySchema = pageQuerySchema;

/** Events of an unbrokered use, oldest first. */
export const unbrokeredActivitySchema = z
  .object({
    items: z.array(activityEventSchema),
    nextCursor: z.string().optional(),
    total: z.number().int(),
  })
  .strict()
  .meta({ id: 'UnbrokeredActivity' });

/** Body that names who has to explain a use. */
export const assignUnbrokeredSchema = z
  .object({ owner: entityRefSchema })
  .strict()
  .meta({ id: 'AssignUnbrokered' });

/** Body that explains a use. */
export const justifyUnbrokeredSchema = z
  .object({
    text: freeTextSchema,
    ticket: z.string().trim().max(64).optional(),
  })
  .strict()
  .meta({ id: 'JustifyUnbrokered' });

/** Body of a verdict on a use. Accepting takes the whole checklist. */
export const reviewUnbrokeredSchema = z
  .object({
    verdict: z.enum(['accepted', 'flagged']),
    comment: freeTextSchema,
    checklist: unbrokeredChecklistSchema,
    followUps: z.array(followUpSchema).max(20).default([]),
    /** Version of the use that was on the page. */
    version: z.number().int(),
  })
  .strict()
  .meta({ id: 'ReviewUnbrokered' });

/** See {@link unbrokeredStateSchema}. */
export type UnbrokeredState = z.infer<typeof unbrokeredStateSchema>;
/** See {@link unbrokeredChecklistSchema}. */
export type UnbrokeredChecklist = z.infer<typeof unbrokeredChecklistSchema>;
/** See {@link unbrokeredReviewSchema}. */
export type UnbrokeredReview = z.infer<typeof unbrokeredReviewSchema>;
/** See {@link unbrokeredUseSchema}. */
export type UnbrokeredUse = z.infer<typeof unbrokeredUseSchema>;
/** See {@link unbrokeredDetailSchema}. */
export type UnbrokeredDetail = z.infer<typeof unbrokeredDetailSchema>;
/** See {@link unbrokeredListQuerySchema}. */
export type UnbrokeredListQuery = z.infer<typeof unbrokeredListQuerySchema>;
/** See {@link reviewUnbrokeredSchema}. */
export type ReviewUnbrokered = z.infer<typeof reviewUnbrokeredSchema>;
/** See {@link justifyUnbrokeredSchema}. */
export type JustifyUnbrokered = z.infer<typeof justifyUnbrokeredSchema>;
