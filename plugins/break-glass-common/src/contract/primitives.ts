import { z } from 'zod';
import { textProblem } from './plainText';

/** An instant as ISO 8601 UTC with milliseconds, e.g. `2026-10-01T12:00:00.000Z`. */
export const instantSchema = z.iso
  .datetime({ precision: 3 })
  .meta({ id: 'Instant', description: 'ISO 8601 UTC, with milliseconds' });

/** A catalog entity reference in full form, e.g. `user:default/mary`. */
export const entityRefSchema = z
  .string()
  .max(400)
  .regex(/^[a-z0-9.+-]+:[a-z0-9._-]+\/[A-Za-z0-9._-]+$/i, {
    error: 'must be a full entity reference such as user:default/mary',
  })
  .meta({ id: 'EntityRef' });

/** A ULID: 26 characters, ordered by time of creation. */
export const ulidSchema = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, { error: 'must be a ULID' })
  .meta({ id: 'Ulid' });

/** SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 in hexadecimal' })
  .meta({ id: 'Sha256' });

/** A 12-digit AWS account id. */
export const accountIdSchema = z
  .string()
  .regex(/^[0-9]{12}$/, { error: 'must be 12 digits' })
  .meta({ id: 'AccountId' });

/** AWS partitions that the product knows hosts for. */
export const partitionSchema = z
  .enum([
    'aws',
    'aws-cn',
    'aws-us-gov',
    'aws-iso',
    'aws-iso-b',
    'aws-iso-e',
    'aws-iso-f',
    'aws-eusc',
  ])
  .meta({ id: 'Partition' });

/** Longest reason or comment that people may write, in characters. */
export const MAX_TEXT_LENGTH = 2_000;

const textSchema = z
  .string()
  .trim()
  .max(MAX_TEXT_LENGTH, {
    error: `must have at most ${MAX_TEXT_LENGTH} characters`,
  })
  .superRefine((text, context) => {
    const problem = textProblem(text);
    if (problem) {
      context.addIssue({ code: 'custom', message: problem });
    }
  });

/** Free text from a person: trimmed, visible, limited in length (pitfall 28). */
export const freeTextSchema = textSchema.min(1, {
  error: 'must not be empty',
});

/** A comment, which may be left out. */
export const optionalCommentSchema = textSchema.optional();

/** Identifiers from the configuration: role, profile, step. */
export const configIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
  error: 'must be a configured id such as break-glass',
});

/** Whether something is allowed, with every reason in words. */
export const permissionExplanationSchema = z
  .object({
    allowed: z.boolean(),
    reasons: z.array(
      z.object({ code: z.string(), message: z.string() }).strict(),
    ),
  })
  .strict()
  .meta({ id: 'Explanation' });

/** Paging of a list: pass `cursor` of the last answer to get the next page. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(400).optional(),
});

/** A page of `item`, with the cursor of the next one, if there is one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z
    .object({ items: z.array(item), nextCursor: z.string().optional() })
    .strict();
}

/** See {@link permissionExplanationSchema}. */
export type Explanation = z.infer<typeof permissionExplanationSchema>;
/** See {@link partitionSchema}. */
export type Partition = z.infer<typeof partitionSchema>;
/** A page of a list. */
export type Page<T> = { items: T[]; nextCursor?: string };
