import { z } from 'zod';
import {
  configIdSchema,
  entityRefSchema,
  instantSchema,
  ulidSchema,
} from './primitives';

/** What a session is for: the AWS console, or credentials for a shell. */
export const sessionTypeSchema = z
  .enum(['console', 'credentials'])
  .meta({ id: 'SessionType' });

/** `issuing` is recorded before AWS is asked, the others after it (I3). */
export const sessionStateSchema = z
  .enum(['issuing', 'issued', 'refused', 'discarded'])
  .meta({ id: 'SessionState' });

/** A session without its secrets. */
export const sessionSummarySchema = z
  .object({
    id: ulidSchema,
    type: sessionTypeSchema,
    state: sessionStateSchema,
    requester: entityRefSchema,
    sessionName: z.string(),
    accessKeyId: z.string().optional(),
    requestedAt: instantSchema,
    issuedAt: instantSchema.optional(),
    /** When AWS stops taking the credentials, lease end included. */
    expiresAt: instantSchema.optional(),
  })
  .strict()
  .meta({ id: 'SessionSummary' });

/** Body of a session request under a lease. */
export const sessionRequestSchema = z
  .object({
    type: sessionTypeSchema,
    /** A console URL of the account's partition. */
    destination: z.string().max(2_048).optional(),
    region: z.string().max(32).optional(),
  })
  .strict()
  .meta({ id: 'SessionRequest' });

/** Body of a session request for a standing role. */
export const standingSessionRequestSchema = sessionRequestSchema
  .extend({ roleId: configIdSchema, profileId: configIdSchema.optional() })
  .strict()
  .meta({ id: 'StandingSessionRequest' });

const issuedBase = {
  session: sessionSummarySchema,
  region: z.string(),
  warnings: z.array(z.string()),
};

/** Credentials or a console URL: the only answer that carries secrets; sent once, `no-store`. */
export const issuedSessionSchema = z
  .discriminatedUnion('type', [
    z
      .object({
        type: z.literal('credentials'),
        ...issuedBase,
        credentials: z
          .object({
            accessKeyId: z.string(),
            secretAccessKey: z.string(),
            sessionToken: z.string(),
            expiration: instantSchema,
          })
          .strict(),
      })
      .strict(),
    z
      .object({
        type: z.literal('console'),
        ...issuedBase,
        /** Works once within 15 minutes; a secret. */
        consoleUrl: z.string(),
      })
      .strict(),
  ])
  .meta({ id: 'IssuedSession' });

/** See {@link sessionTypeSchema}. */
export type SessionType = z.infer<typeof sessionTypeSchema>;
/** See {@link sessionStateSchema}. */
export type SessionState = z.infer<typeof sessionStateSchema>;
/** See {@link sessionSummarySchema}. */
export type SessionSummary = z.infer<typeof sessionSummarySchema>;
/** See {@link sessionRequestSchema}. */
export type SessionRequest = z.infer<typeof sessionRequestSchema>;
/** See {@link standingSessionRequestSchema}. */
export type StandingSessionRequest = z.infer<
  typeof standingSessionRequestSchema
>;
/** See {@link issuedSessionSchema}. */
export type IssuedSession = z.infer<typeof issuedSessionSchema>;
