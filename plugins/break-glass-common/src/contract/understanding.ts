import { z } from 'zod';
import {
  configIdSchema,
  entityRefSchema,
  freeTextSchema,
  instantSchema,
  sha256Schema,
  ulidSchema,
} from './primitives';

/** Kinds of what can outlive a lease (I14). */
export const residueKindSchema = z
  .enum([
    'principal',
    'credential',
    'trust',
    'grant',
    'share',
    'exposure',
    'code',
    'rule',
    'network',
    'other',
  ])
  .meta({ id: 'ResidueKind' });

/** Something that was made under a lease and outlives it. */
export const residueItemSchema = z
  .object({
    /** Stable within the lease. */
    key: sha256Schema,
    kind: residueKindSchema,
    /** What it is, in a few words, e.g. `Access key AKIA… of user ci-deploy`. */
    what: z.string(),
    resource: z.string(),
    /** Event that made it. */
    eventId: z.string(),
    at: instantSchema,
    /** `gone`: the lease's own events removed it again. The other two are a reviewer's word. */
    state: z.enum(['open', 'gone', 'removed', 'justified']),
    comment: z.string().optional(),
    by: entityRefSchema.optional(),
    decidedAt: instantSchema.optional(),
  })
  .strict()
  .meta({ id: 'ResidueItem' });

/** Path of one item of residue. */
export const residuePathSchema = z.object({
  id: ulidSchema,
  key: sha256Schema,
});

/** Body that settles an item of residue: it was removed since, or it may stay, each with the reason. */
export const residueDecisionSchema = z
  .object({
    state: z.enum(['removed', 'justified']),
    comment: freeTextSchema,
  })
  .strict()
  .meta({ id: 'ResidueDecision' });

/** What was done under a lease, beside why it was asked for. */
export const understandingSchema = z
  .object({
    /** One sentence, e.g. `2 changes and 1 refused call in S3, from one network, within 12 minutes.` */
    sentence: z.string(),
    services: z.array(
      z
        .object({
          service: z.string(),
          events: z.number().int(),
          writes: z.number().int(),
          refused: z.number().int(),
          sensitive: z.number().int(),
          /** Whether the profile of the lease names the service at all. */
          inProfile: z.boolean(),
        })
        .strict(),
    ),
    /** Calls that were refused because the profile lacks them. */
    lacking: z.array(
      z
        .object({
          action: z.string(),
          calls: z.number().int(),
          /** Other profiles of the role that allow it, narrowest first. */
          profiles: z.array(
            z.object({ id: configIdSchema, title: z.string() }).strict(),
          ),
        })
        .strict(),
    ),
    /** Permissions of the profile, as its statements write them. */
    permissions: z
      .object({
        used: z.array(z.string()),
        unused: z.array(z.string()),
        /** Without data events, use of those permissions cannot be seen. */
        unseen: z.array(z.string()),
      })
      .strict(),
    networks: z.array(
      z
        .object({
          network: z.string(),
          events: z.number().int(),
          /** No earlier lease of this person was used from there. */
          isNew: z.boolean(),
        })
        .strict(),
    ),
    marks: z.array(
      z
        .object({
          rule: z.string(),
          title: z.string(),
          why: z.string(),
          events: z.number().int(),
        })
        .strict(),
    ),
    residue: z.array(residueItemSchema),
  })
  .strict()
  .meta({ id: 'Understanding' });

/** Frozen evidence beside what the source says now. */
export const evidenceCheckSchema = z
  .object({
    checkedAt: instantSchema,
    frozenAt: instantSchema,
    frozenHash: sha256Schema,
    /** Whether the stored evidence still has the hash that the verdict put into the audit log. */
    storedIntact: z.boolean(),
    /** Whether the source gives the same events. */
    same: z.boolean(),
    words: z.string(),
    counts: z
      .object({
        frozen: z.number().int(),
        now: z.number().int(),
        added: z.number().int(),
        missing: z.number().int(),
        changed: z.number().int(),
      })
      .strict(),
    /** Up to 100 of each; `counts` says how many there are. */
    differences: z.array(
      z
        .object({
          eventId: z.string(),
          kind: z.enum(['added', 'missing', 'changed']),
          at: instantSchema,
          action: z.string(),
          /** Members of the record that differ. */
          members: z.array(z.string()),
        })
        .strict(),
    ),
  })
  .strict()
  .meta({ id: 'EvidenceCheck' });

/** See {@link residueKindSchema}. */
export type ResidueKind = z.infer<typeof residueKindSchema>;
/** See {@link residueItemSchema}. */
export type ResidueItem = z.infer<typeof residueItemSchema>;
/** See {@link residueDecisionSchema}. */
export type ResidueDecision = z.infer<typeof residueDecisionSchema>;
/** See {@link understandingSchema}. */
export type Understanding = z.infer<typeof understandingSchema>;
/** See {@link evidenceCheckSchema}. */
export type EvidenceCheck = z.infer<typeof evidenceCheckSchema>;
