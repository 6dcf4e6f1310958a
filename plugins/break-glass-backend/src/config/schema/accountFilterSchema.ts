import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { ownerRefSchema } from './values';

const textSchema = z.string().min(1).max(253);

const systemRefSchema = z.string().transform((text, context) => {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'system',
      defaultNamespace: 'default',
    });
    if (ref.kind.toLowerCase() === 'system') {
      return stringifyEntityRef(ref);
    }
  } catch {
    // Falls through to the one message for all that is no such reference.
  }
  context.addIssue({
    code: 'custom',
    message: 'must refer to a system, e.g. system:default/payments',
  });
  return z.NEVER;
});

/** Accounts by labels, tags, owners and systems of their entities. A filter that names nothing is a mistake. */
export const accountFilterSchema = z
  .strictObject({
    labels: z
      .record(
        textSchema,
        z
          .union([textSchema, z.array(textSchema).min(1)])
          .transform(values => [values].flat()),
      )
      .default({}),
    tags: z.array(textSchema).default([]),
    owners: z.array(ownerRefSchema).default([]),
    systems: z.array(systemRefSchema).default([]),
  })
  .refine(
    ({ labels, tags, owners, systems }) =>
      [Object.keys(labels), tags, owners, systems].some(
        each => each.length > 0,
      ),
    { error: 'must name at least one label, tag, owner or system' },
  );
