import { IANAZone } from 'luxon';
import { z } from 'zod';
import { accountFilterSchema } from './accountFilterSchema';
import { idSchema, principalsSchema, titleSchema } from './values';

const nobody = { groups: [], users: [], accountOwner: false };
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MINUTES_OF_DAY = 24 * 60;

const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/, {
    error: "must be an instant with its offset, e.g. '2026-12-18T00:00:00Z'",
  })
  .transform(text => Date.parse(text))
  .refine(Number.isFinite, { error: 'is no date' });

/** A moment of the week, in minutes since Monday, 00:00. */
const momentSchema = z.string().transform((text, context) => {
  const parts =
    /^(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!parts) {
    context.addIssue({
      code: 'custom',
      message: "must be a day and a time, e.g. 'fri 18:00'",
    });
    return z.NEVER;
  }
  return (
    DAYS.indexOf(parts[1]) * MINUTES_OF_DAY +
    Number(parts[2]) * 60 +
    Number(parts[3])
  );
});

const weeklySchema = z
  .strictObject({
    from: momentSchema,
    to: momentSchema,
    timeZone: z
      .string()
      .refine(zone => IANAZone.isValidZone(zone), {
        error: 'must be a time zone, e.g. Europe/Zurich',
      })
      .default('UTC'),
  })
  .refine(({ from, to }) => from !== to, {
    error: 'must end at another moment than it begins',
  });

const stepSchema = z.strictObject({
  title: titleSchema,
  from: principalsSchema,
  exclude: principalsSchema.default(nobody),
  count: z.number().int().min(1).max(10).default(1),
});

/** A time in which leases are refused, or take one step more. */
export const freezeSchema = z
  .strictObject({
    id: idSchema,
    title: titleSchema,
    from: instantSchema.optional(),
    to: instantSchema.optional(),
    weekly: weeklySchema.optional(),
    roles: z.array(idSchema).min(1).optional(),
    accounts: accountFilterSchema.optional(),
    refuse: z.literal(true).optional(),
    step: stepSchema.optional(),
  })
  .refine(({ refuse, step }) => Boolean(refuse) !== Boolean(step), {
    error: 'must have either refuse: true or a step',
  })
  .refine(
    ({ from, to, weekly }) =>
      weekly ? from === undefined && to === undefined : from! < to!,
    { error: 'must have from before to, or weekly' },
  )
  .transform(({ from, to, weekly, refuse: _refuse, ...freeze }) => ({
    ...freeze,
    when: weekly
      ? ({ type: 'weekly', ...weekly } as const)
      : ({ type: 'once', from: from!, to: to! } as const),
  }));
