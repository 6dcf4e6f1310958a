import { z } from 'zod';
import {
  entityRefSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  sha256Schema,
  ulidSchema,
} from './primitives';

/** One entry of the audit log. */
export const auditEntrySchema = z
  .object({
    seq: z.number().int(),
    at: instantSchema,
    actor: z.string(),
    action: z.string(),
    outcome: z.enum(['done', 'refused', 'failed']),
    leaseId: ulidSchema.optional(),
    accountRef: entityRefSchema.optional(),
    code: z.string().optional(),
    details: z.record(z.string(), z.unknown()),
    hash: sha256Schema,
  })
  .strict()
  .meta({ id: 'AuditEntry' });

/** Query of the audit log; `from` is inclusive, `to` exclusive. */
export const auditListQuerySchema = pageQuerySchema.extend({
  actor: z.string().max(400).optional(),
  accountRef: entityRefSchema.optional(),
  leaseId: ulidSchema.optional(),
  action: z.string().max(64).optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
/** A page of the audit log, newest first. */
export const auditListSchema = pageOf(auditEntrySchema).meta({
  id: 'AuditList',
});
/** Query of an export: the filters of the list, and a format instead of paging. */
export const auditExportQuerySchema = auditListQuerySchema
  .omit({ limit: true, cursor: true })
  .extend({ format: z.enum(['csv', 'jsonl']).default('jsonl') });

/** Result of checking the hash chain against itself and the anchors. */
export const auditVerificationSchema = z
  .object({
    intact: z.boolean(),
    entries: z.number().int(),
    headHash: sha256Schema,
    anchoredSeq: z.number().int().optional(),
    problems: z.array(
      z
        .object({
          seq: z.number().int(),
          kind: z.enum([
            'changed',
            'gap',
            'cut',
            'rewritten',
            'anchor-mismatch',
          ]),
          message: z.string(),
        })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'AuditVerification' });

/** For operators: each part with its state and the next step. */
export const healthSchema = z
  .object({
    parts: z.array(
      z
        .object({
          name: z.enum([
            'broker',
            'accounts',
            'log-source',
            'approvals',
            'unbrokered',
            'outbox',
            'anchor',
            'clock',
          ]),
          ok: z.boolean(),
          words: z.string(),
        })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'Health' });

/** Counts for the insights page. */
export const insightsQuerySchema = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  groupBy: z
    .enum(['person', 'account', 'profile', 'role', 'day'])
    .default('person'),
});
/** Answer of `GET /v1/insights`; durations are in minutes. */
export const insightsSchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    totals: z
      .object({
        requested: z.number().int(),
        activated: z.number().int(),
        rejected: z.number().int(),
        lapsed: z.number().int(),
        sessions: z.number().int(),
        refusedAttempts: z.number().int(),
        accessMinutes: z.number(),
        openReviews: z.number().int(),
        overdueReviews: z.number().int(),
      })
      .strict(),
    minutesToApprove: z
      .object({ median: z.number().optional(), p90: z.number().optional() })
      .strict(),
    groups: z.array(
      z
        .object({
          key: z.string(),
          leases: z.number().int(),
          accessMinutes: z.number(),
        })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'Insights' });

/** See {@link auditEntrySchema}. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;
/** See {@link auditListQuerySchema}. */
export type AuditListQuery = z.infer<typeof auditListQuerySchema>;
/** See {@link auditVerificationSchema}. */
export type AuditVerification = z.infer<typeof auditVerificationSchema>;
/** See {@link healthSchema}. */
export type Health = z.infer<typeof healthSchema>;
/** See {@link insightsSchema}. */
export type Insights = z.infer<typeof insightsSchema>;
