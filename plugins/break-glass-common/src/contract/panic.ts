import { z } from 'zod';
import { personSchema } from './lease';
import { panicNoticeSchema } from './panicNotice';
import {
  accountIdSchema,
  entityRefSchema,
  freeTextSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  permissionExplanationSchema,
  ulidSchema,
} from './primitives';

/** What a panic stops: one person, one account, or everything. */
export const panicTargetSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), ref: entityRefSchema }).strict(),
    z.object({ kind: z.literal('account'), ref: entityRefSchema }).strict(),
    z.object({ kind: z.literal('all') }).strict(),
  ])
  .meta({ id: 'PanicTarget' });

/** Body of raising a panic. */
export const raisePanicSchema = z
  .object({ target: panicTargetSchema, reason: freeTextSchema })
  .strict()
  .meta({ id: 'RaisePanic' });

/** Body of lifting one, which takes two people. */
export const liftPanicSchema = z
  .object({ reason: freeTextSchema })
  .strict()
  .meta({ id: 'LiftPanic' });

/** Path of the routes of one panic. */
export const panicPathSchema = z.object({ id: ulidSchema }).strict();

/** A panic as responders and auditors see it. */
export const panicSchema = panicNoticeSchema
  .extend({
    state: z.enum(['raised', 'lift-asked', 'lifted']),
    ref: entityRefSchema.optional(),
    accountId: accountIdSchema.optional(),
    raisedBy: personSchema,
    liftAskedBy: personSchema.optional(),
    liftAskedAt: instantSchema.optional(),
    liftReason: z.string().optional(),
    liftedBy: personSchema.optional(),
    liftedAt: instantSchema.optional(),
    /** Leases that it takes away and that are not over yet. */
    openLeases: z.number().int(),
    lift: permissionExplanationSchema,
  })
  .strict()
  .meta({ id: 'Panic' });

/** Query of the list of panics, newest first. */
export const panicListQuerySchema = pageQuerySchema
  .extend({ state: z.enum(['open', 'all']).default('open') })
  .strict();

/** A page of panics. */
export const panicListSchema = pageOf(panicSchema).meta({ id: 'PanicList' });

/** See {@link panicTargetSchema}. */
export type PanicTarget = z.infer<typeof panicTargetSchema>;
/** See {@link raisePanicSchema}. */
export type RaisePanic = z.infer<typeof raisePanicSchema>;
/** See {@link panicSchema}. */
export type Panic = z.infer<typeof panicSchema>;
/** See {@link panicListQuerySchema}. */
export type PanicListQuery = z.infer<typeof panicListQuerySchema>;
/** See {@link panicListSchema}. */
export type PanicList = z.infer<typeof panicListSchema>;
