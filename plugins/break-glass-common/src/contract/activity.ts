import { z } from 'zod';
import { accessLevelSchema } from './account';
import { decisionSchema } from './decision';
import {
  accountIdSchema,
  instantSchema,
  pageQuerySchema,
  sha256Schema,
  ulidSchema,
} from './primitives';
import { sessionSummarySchema } from './session';

/** Why an event is marked, in one sentence. */
export const sensitiveMarkSchema = z
  .object({ rule: z.string(), why: z.string() })
  .strict()
  .meta({ id: 'SensitiveMark' });

/** One CloudTrail event of a lease. */
export const activityEventSchema = z
  .object({
    id: z.string().max(64).meta({ description: 'CloudTrail eventID' }),
    at: instantSchema,
    sessionId: ulidSchema.optional(),
    service: z.string().meta({ description: 'IAM prefix, e.g. s3' }),
    action: z.string().meta({ description: 'eventName' }),
    region: z.string(),
    accessLevel: accessLevelSchema,
    refused: z.boolean(),
    errorCode: z.string().optional(),
    errorMessage: z.string().optional(),
    resources: z.array(z.string()),
    sourceIp: z.string().optional(),
    userAgent: z.string().optional(),
    viaConsole: z.boolean(),
    /** How it belongs to the lease: the session itself, or a role assumed from it. */
    chained: z.boolean(),
    /** Account whose trail delivered it, where it is not the lease’s own. */
    accountId: accountIdSchema.optional(),
    /** Other accounts that recorded the same call (`sharedEventID`). */
    alsoIn: z.array(accountIdSchema).optional(),
    sensitive: z.array(sensitiveMarkSchema),
    /** Profile that would have allowed a refused call. */
    profileHint: z.string().optional(),
  })
  .strict()
  .meta({ id: 'ActivityEvent' });

/** Whether everything is there, in a state and in words. */
export const completenessSchema = z
  .object({
    state: z.enum(['collecting', 'complete', 'logs-missing']),
    words: z.string(),
    lastLookAt: instantSchema.optional(),
    nextLookAt: instantSchema.optional(),
    settledAt: instantSchema.optional(),
    source: z.string(),
    regions: z.array(z.string()),
    dataEvents: z.enum(['seen', 'not-seen', 'unknown']),
    filesRead: z.number().int().optional(),
    unreadable: z.array(z.string()),
    /** Files without events by their nature, such as digests. */
    notes: z.array(z.string()),
    /** What the source can never see, in sentences. */
    blindSpots: z.array(z.string()),
    /** Bytes that all looks at this lease have read so far. */
    bytesScanned: z.number().int().optional(),
    /** When a verdict froze the evidence. */
    frozenAt: instantSchema.optional(),
    /** Sessions issued under the lease whose AssumeRole record was not seen. */
    sessionsMissing: z.array(ulidSchema),
  })
  .strict()
  .meta({ id: 'Completeness' });

/** Counts over all events of a lease. */
export const activityCountsSchema = z
  .object({
    total: z.number().int(),
    writes: z.number().int(),
    refused: z.number().int(),
    sensitive: z.number().int(),
    services: z.array(
      z.object({ service: z.string(), count: z.number().int() }).strict(),
    ),
  })
  .strict()
  .meta({ id: 'ActivityCounts' });

/** Query of a lease’s activity and of its time line; `limit` is 1 to 500. */
export const activityListQuerySchema = pageQuerySchema.extend({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  session: ulidSchema.optional(),
  accessLevel: accessLevelSchema.optional(),
  /** `writes`, `refused` or `sensitive`. */
  only: z.enum(['writes', 'refused', 'sensitive']).optional(),
  service: z.string().max(64).optional(),
  text: z.string().max(100).optional(),
  /** Only events at or after this instant. */
  from: instantSchema.optional(),
  /** Only events before this instant. */
  to: instantSchema.optional(),
});

/** Query of the histogram: the filters of the list, and how many bars. */
export const activityHistogramQuerySchema = activityListQuerySchema
  .omit({ limit: true, cursor: true })
  .extend({ bars: z.coerce.number().int().min(1).max(200).default(60) });

/** Events over time, in bars of equal length that cover the first to the last event. */
export const activityHistogramSchema = z
  .object({
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    barSeconds: z.number(),
    bars: z.array(
      z
        .object({
          at: instantSchema,
          reads: z.number().int(),
          writes: z.number().int(),
          refused: z.number().int(),
          sensitive: z.number().int(),
        })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'ActivityHistogram' });

/** A page of events, with how complete they are and the hash of the evidence that a verdict names. */
export const activityListSchema = z
  .object({
    items: z.array(activityEventSchema),
    nextCursor: z.string().optional(),
    completeness: completenessSchema,
    counts: activityCountsSchema,
    evidenceHash: sha256Schema,
  })
  .strict()
  .meta({ id: 'ActivityList' });

/** Path of one event of a lease. */
export const activityPathSchema = z.object({
  id: ulidSchema,
  eventId: z.string().max(64),
});

/** The raw record, redacted. */
export const rawRecordSchema = z
  .object({ record: z.record(z.string(), z.unknown()) })
  .strict()
  .meta({ id: 'RawRecord' });

/** One entry on the time line of a lease. */
export const timelineEntrySchema = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('lease'),
        at: instantSchema,
        what: z.enum([
          'requested',
          'activated',
          'rejected',
          'cancelled',
          'lapsed',
          'expired',
          'ended',
          'revoked',
          'killed',
          'reviewed',
          'reopened',
        ]),
        by: z.string().optional(),
        comment: z.string().optional(),
      })
      .strict(),
    z
      .object({
        kind: z.literal('decision'),
        at: instantSchema,
        decision: decisionSchema,
      })
      .strict(),
    z
      .object({
        kind: z.literal('session'),
        at: instantSchema,
        session: sessionSummarySchema,
      })
      .strict(),
    z
      .object({
        kind: z.literal('event'),
        at: instantSchema,
        event: activityEventSchema,
      })
      .strict(),
  ])
  .meta({ id: 'TimelineEntry' });

/** A page of the time line, with how complete its events are and the hash of the evidence that a verdict names. */
export const timelineSchema = z
  .object({
    items: z.array(timelineEntrySchema),
    nextCursor: z.string().optional(),
    completeness: completenessSchema,
    counts: activityCountsSchema,
    evidenceHash: sha256Schema,
  })
  .strict()
  .meta({ id: 'Timeline' });

/** See {@link sensitiveMarkSchema}. */
export type SensitiveMark = z.infer<typeof sensitiveMarkSchema>;
/** See {@link activityEventSchema}. */
export type ActivityEvent = z.infer<typeof activityEventSchema>;
/** See {@link completenessSchema}. */
export type Completeness = z.infer<typeof completenessSchema>;
/** See {@link activityCountsSchema}. */
export type ActivityCounts = z.infer<typeof activityCountsSchema>;
/** See {@link activityListQuerySchema}. */
export type ActivityListQuery = z.infer<typeof activityListQuerySchema>;
/** See {@link activityListSchema}. */
export type ActivityList = z.infer<typeof activityListSchema>;
/** See {@link activityHistogramQuerySchema}. */
export type ActivityHistogramQuery = z.infer<
  typeof activityHistogramQuerySchema
>;
/** See {@link activityHistogramSchema}. */
export type ActivityHistogram = z.infer<typeof activityHistogramSchema>;
/** See {@link timelineEntrySchema}. */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
/** See {@link timelineSchema}. */
export type Timeline = z.infer<typeof timelineSchema>;
