import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';
import { variablesIn } from '../variables';

/** Text that pages show; neither empty nor endless. */
export const titleSchema = z.string().trim().min(1).max(120);
export const descriptionSchema = z.string().trim().min(1).max(1_000);

/** Id of something configured. Shorter than the contract's, so that derived ids still fit it. */
export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, {
  error:
    'must be an id of lower-case letters, digits and hyphens, at most 48 characters',
});

export const accountIdSchema = z
  .string({ error: 'must be a 12-digit account id, in quotes' })
  .regex(/^[0-9]{12}$/, { error: 'must be a 12-digit account id, in quotes' });

/** A duration as Backstage writes it (`4h`, `PT4H`, `{ hours: 4 }`), in milliseconds. */
export const durationSchema = z
  .unknown()
  .transform((value, context): number => {
    const issue = (reason: string) => {
      context.addIssue({ code: 'custom', message: reason });
      return z.NEVER;
    };
    if (value === undefined) {
      return issue('is missing');
    }
    let milliseconds: number;
    try {
      milliseconds = durationToMilliseconds(
        readDurationFromConfig(
          new ConfigReader({ duration: value as string }, 'app-config'),
          { key: 'duration' },
        ),
      );
    } catch {
      return issue(
        "must be a duration such as { hours: 4 }, 'PT4H' or '4h', not negative",
      );
    }
    return milliseconds > 0 && Number.isFinite(milliseconds)
      ? milliseconds
      : issue('must be a duration longer than zero');
  });

/** A duration in whole minutes, within limits. */
export function minutesSchema(limits: { min: number; max: number }) {
  return durationSchema
    .transform(milliseconds => milliseconds / 60_000)
    .pipe(
      z
        .number()
        .int({ error: 'must be whole minutes' })
        .min(limits.min, { error: `must be at least ${limits.min} min` })
        .max(limits.max, { error: `must be at most ${limits.max} min` }),
    );
}

/** A reference of one kind, short or full, as its canonical form. */
export function refSchema(kind: 'group' | 'user') {
  return z.string().transform((text, context) => {
    try {
      const ref = parseEntityRef(text, {
        defaultKind: kind,
        defaultNamespace: 'default',
      });
      if (
        ref.kind.toLowerCase() === kind &&
        /^[\w.-]+$/.test(ref.namespace) &&
        /^[\w.-]+$/.test(ref.name)
      ) {
        return stringifyEntityRef(ref);
      }
    } catch {
      // Falls through to the one message for all that is no such reference.
    }
    context.addIssue({
      code: 'custom',
      message: `must refer to a ${kind}, e.g. ${kind}:default/name`,
    });
    return z.NEVER;
  });
}

/** A group or a user, in full. */
export const ownerRefSchema = z
  .string()
  .regex(/^(?:group|user):/i, {
    error: 'must be a group or a user, e.g. group:default/name',
  })
  .pipe(z.union([refSchema('group'), refSchema('user')]));

const principalsShape = {
  groups: z.array(refSchema('group')).default([]),
  users: z.array(refSchema('user')).default([]),
};

/** People by group, by name, or as owners of the account. */
export const principalsSchema = z.strictObject({
  ...principalsShape,
  accountOwner: z.boolean().default(false),
});

/** People by group or by name, where there is no account to own. */
export const fixedPrincipalsSchema = z
  .strictObject(principalsShape)
  .refine(people => people.groups.length + people.users.length > 0, {
    error: 'must name at least one group or user',
  })
  .transform(people => ({ ...people, accountOwner: false }));

/** ARN of something in every account, e.g. `arn:$${partition}:iam::$${accountId}:role/break-glass/Admin`. */
export function arnTemplateSchema(type: 'role' | 'policy') {
  const wanted = `must be arn:$\{partition}:iam::$\{accountId}:${type}/<path and name>; in app-config.yaml write $$\{partition} and $$\{accountId}`;
  const form = new RegExp(
    `^arn:\\$\\{partition\\}:iam::\\$\\{accountId\\}:${type}/(?:[\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}$`,
  );
  return z.string({ error: wanted }).regex(form, { error: wanted });
}

/**
 * ARN of one of AWS' own managed policies. One that an account keeps itself could be changed by whom the lease
 * serves: its statements belong into the profile.
 */
export const managedPolicyArnSchema = z
  .string()
  .regex(
    /^arn:\$\{partition\}:iam::aws:policy\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/,
    {
      error:
        'must be one of AWS’ own: arn:${partition}:iam::aws:policy/<name>; in app-config.yaml write $${partition}',
    },
  )
  .refine(arn => variablesIn(arn).every(v => v === 'partition'));

/** A regular expression that is anchored at both ends. */
export const anchoredPatternSchema = z
  .string()
  .max(500)
  .refine(compiles, { error: 'is not a regular expression' })
  .refine(pattern => pattern.startsWith('^') && /(?<!\\)\$$/.test(pattern), {
    error: 'must be anchored: start with ^ and end with $',
  })
  .refine(pattern => !hasOpenAlternative(pattern), {
    error:
      'must have its alternatives in parentheses: ^a|b$ matches more than a and b',
  });

/** Whether a `|` stands outside of all groups and classes, where it splits the anchors from each other. */
function hasOpenAlternative(pattern: string): boolean {
  const withoutInner = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  let depth = 0;
  for (const character of withoutInner) {
    if (character === '|' && depth === 0) {
      return true;
    }
    depth += character === '(' ? 1 : 0;
    depth -= character === ')' ? 1 : 0;
  }
  return false;
}

function compiles(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern));
  } catch {
    return false;
  }
}

/** An https address without credentials, query or fragment; http only on this machine, as the sandbox is. */
export const baseUrlSchema = z.string().refine(isBaseUrl, {
  error:
    'must be an https address without user, password, query and fragment (http only for 127.0.0.1 and localhost)',
});

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const url = new URL(text);
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return (
    (url.protocol === 'https:' || (url.protocol === 'http:' && here)) &&
    `${url.username}${url.password}${url.search}${url.hash}` === ''
  );
}
