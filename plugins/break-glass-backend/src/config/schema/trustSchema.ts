import path from 'path';
import { z } from 'zod';
import { TrustedOrigin } from '../types';

const SEGMENT = /^[\w.@+-]+$/;

/** A path that is only itself: no empty, `.` or `..` segment, nothing encoded. */
const plainPathSchema = z
  .string()
  .refine(
    text =>
      text
        .split('/')
        .every(part => SEGMENT.test(part) && part !== '.' && part !== '..'),
    {
      error:
        'must be a path such as org/repo or catalog/accounts: no slash at either end, no dots as segments, nothing encoded',
    },
  );

const urlOriginSchema = z.strictObject({
  type: z.literal('url'),
  host: z.string().regex(/^[a-z0-9.-]+(?::[0-9]{1,5})?$/, {
    error: 'must be a host in lower case, e.g. github.com',
  }),
  repository: plainPathSchema,
  branch: plainPathSchema,
  path: plainPathSchema,
});

const fileOriginSchema = z.strictObject({
  type: z.literal('file'),
  target: z
    .string()
    .min(1)
    .regex(/^[^*?[\]{}!]+$/, {
      error: 'must be one file: patterns are not trusted',
    }),
});

/** Trusted origins; files are absolute afterwards, because the catalog writes them so. */
export function trustedOriginsSchema(repositoryRoot: string) {
  return z
    .array(
      z
        .discriminatedUnion('type', [urlOriginSchema, fileOriginSchema], {
          error: "must have the type 'file' or 'url'",
        })
        .transform(
          (origin): TrustedOrigin =>
            origin.type === 'url'
              ? origin
              : {
                  type: 'file',
                  path: path.resolve(repositoryRoot, origin.target),
                },
        ),
    )
    .min(1, { error: 'must name at least one trusted origin' });
}
