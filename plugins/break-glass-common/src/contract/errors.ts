import { z } from 'zod';

/**
 * Stable codes in the `error.code` of answers that are not OK. Pages and
 * clients decide on these, never on the message.
 */
export const errorCodeSchema = z
  .enum([
    'invalid-input',
    'not-a-person',
    'on-behalf-of-token',
    'person-unknown',
    'not-eligible',
    'not-permitted',
    'catalog-unavailable',
    'account-unknown',
    'account-untrusted',
    'control-plane-account',
    'role-unknown',
    'role-not-standing',
    'role-not-lease',
    'profile-unknown',
    'profile-not-allowed',
    'profile-parameter',
    'profile-too-large',
    'duration-limit',
    'frozen',
    'emergency-not-allowed',
    'emergency-confirmation',
    'review-debt',
    'ticket-invalid',
    'beneficiary-unknown',
    'nobody-can-approve',
    'lease-unknown',
    'no-active-lease',
    'not-requester',
    'self-approval',
    'beneficiary-approval',
    'not-approver',
    'already-decided',
    'step-required',
    'stale-scope',
    'wrong-status',
    'conflict',
    'lapsed',
    'scope-drift',
    'issuing-stopped',
    'ended-while-issuing',
    'clock-skew',
    'audit-restored',
    'role-limit',
    'broker-not-trusted',
    'aws-unavailable',
    'aws-refused',
    'destination-not-allowed',
    'region-unknown',
    'partition-unknown',
    'evidence-incomplete',
    'evidence-changed',
    'residue-open',
    'residue-unknown',
    'evidence-not-frozen',
    'not-reopenable',
    'has-sessions',
    'reviewer-unsuitable',
    'follow-up-unknown',
    'not-follow-up-owner',
    'unbrokered-unknown',
    'not-unbrokered-owner',
    'justification-missing',
    'involved-review',
    'checklist-incomplete',
    'scan-limit',
    'not-reviewer',
    'self-review',
    'approver-review',
    'not-in-review',
    'log-source-unavailable',
    'event-unknown',
    'rate-limited',
    'not-auditor',
    'not-responder',
    'stopped-by-panic',
    'panic-unknown',
    'panic-target',
    'second-responder-needed',
  ])
  .meta({ id: 'ErrorCode' });

/** See {@link errorCodeSchema}. */
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Body of every answer that is not OK; the shape is Backstage's. */
export const errorBodySchema = z
  .object({
    error: z.object({
      name: z.string(),
      message: z.string(),
      code: errorCodeSchema.optional(),
    }),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    response: z.object({ statusCode: z.number().int() }),
  })
  .meta({ id: 'ErrorBody' });
