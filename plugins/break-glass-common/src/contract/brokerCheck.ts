import { z } from 'zod';
import { personSchema } from './lease';
import {
  accountIdSchema,
  entityRefSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
  partitionSchema,
  ulidSchema,
} from './primitives';

/** A change of an IAM policy that puts a problem right. */
export const brokerFixSchema = z
  .object({
    /** Where to put it, as a sentence. */
    where: z.string(),
    /** A policy document or one statement, as JSON to paste. */
    json: z.string(),
  })
  .strict()
  .meta({ id: 'BrokerFix' });

/** What the broker cannot do in one account. */
export const brokerProblemSchema = z
  .object({
    what: z.enum([
      'assume',
      'source-identity',
      'tags',
      'killer',
      'boundary',
      'unanswered',
    ]),
    /** Role that it is about. */
    roleArn: z.string(),
    words: z.string(),
    fixes: z.array(brokerFixSchema),
  })
  .strict()
  .meta({ id: 'BrokerProblem' });

/** What a check found in one account. */
export const brokerCheckResultSchema = z
  .object({
    ref: entityRefSchema,
    title: z.string(),
    accountId: accountIdSchema,
    partition: partitionSchema,
    checkedAt: instantSchema,
    /** Roles that were checked. */
    roles: z.number().int(),
    problems: z.array(brokerProblemSchema),
  })
  .strict()
  .meta({ id: 'BrokerCheckResult' });

/** How far a check is. */
export const brokerCheckSchema = z
  .object({
    id: ulidSchema,
    state: z.enum(['running', 'finished', 'failed']),
    startedAt: instantSchema,
    startedBy: personSchema,
    finishedAt: instantSchema.optional(),
    /** Accounts to check; absent until they are counted. */
    total: z.number().int().optional(),
    done: z.number().int(),
    /** Accounts with a problem, among those that are done. */
    problems: z.number().int(),
    /** Why it failed. */
    words: z.string().optional(),
  })
  .strict()
  .meta({ id: 'BrokerCheck' });

/** Query of the newest check: its results, those with problems first. */
export const brokerChecksQuerySchema = pageQuerySchema
  .extend({ problems: z.enum(['true', 'false']).optional() })
  .strict();

/** The newest check, where there is one, with a page of its results. */
export const brokerChecksSchema = pageOf(brokerCheckResultSchema)
  .extend({ check: brokerCheckSchema.optional() })
  .strict()
  .meta({ id: 'BrokerChecks' });

/** See {@link brokerFixSchema}. */
export type BrokerFix = z.infer<typeof brokerFixSchema>;
/** See {@link brokerProblemSchema}. */
export type BrokerProblem = z.infer<typeof brokerProblemSchema>;
/** See {@link brokerCheckResultSchema}. */
export type BrokerCheckResult = z.infer<typeof brokerCheckResultSchema>;
/** See {@link brokerCheckSchema}. */
export type BrokerCheck = z.infer<typeof brokerCheckSchema>;
/** See {@link brokerChecksQuerySchema}. */
export type BrokerChecksQuery = z.infer<typeof brokerChecksQuerySchema>;
/** See {@link brokerChecksSchema}. */
export type BrokerChecks = z.infer<typeof brokerChecksSchema>;
