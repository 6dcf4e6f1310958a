import { z } from 'zod';
import { baseUrlSchema, durationSchema, idSchema } from './values';

const secretSchema = z.string().min(1).max(4_000);

/** Headers take no line breaks and nothing beyond Latin-1: a key that was read wrong says so at the start. */
const tokenSchema = secretSchema.regex(/^[\x21-\x7e]+$/, {
  error: 'must be visible ASCII characters, without spaces and line ends',
});

const shape = {
  baseUrl: baseUrlSchema,
  timeout: durationSchema
    .pipe(
      z
        .number()
        .min(100, { error: 'must be at least 100 ms' })
        .max(30_000, { error: 'must be at most 30 s' }),
    )
    .prefault({ seconds: 5 }),
  token: tokenSchema.optional(),
  user: z
    .string()
    .regex(/^[^:\s]{1,256}$/, { error: 'must be a name without a colon' })
    .optional(),
  password: secretSchema.optional(),
};

interface Read {
  baseUrl: string;
  timeout: number;
  token?: string;
  user?: string;
  password?: string;
}

function signsIn({ token, user, password }: Read): boolean {
  return token
    ? user === undefined && password === undefined
    : user !== undefined && password !== undefined;
}

const HOW = { error: 'must have either token, or user and password' };

function toLookup({ baseUrl, timeout, token, user, password }: Read) {
  return {
    baseUrl,
    timeoutMs: timeout,
    auth: token
      ? ({ type: 'token', token } as const)
      : ({ type: 'basic', user: user!, password: password! } as const),
  };
}

/** A ticket system. */
export const ticketLookupSchema = z
  .strictObject({ type: z.enum(['jira', 'service-now']), ...shape })
  .refine(signsIn, HOW)
  .transform(read => ({ type: read.type, ...toLookup(read) }));

/** An on-call schedule. */
export const onCallSchema = z
  .strictObject({
    type: z.enum(['json', 'pager-duty']),
    schedule: z.string().min(1).max(200),
    ...shape,
  })
  .refine(signsIn, HOW)
  .transform(read => ({
    type: read.type,
    schedule: read.schedule,
    ...toLookup(read),
  }));

/** Conditions of an automatic approval; all must hold. */
export const automaticSchema = z.strictObject({
  conditions: z.array(idSchema).min(1).max(10),
});
