import { z } from 'zod';
import { partitionSchema } from 'backstage-plugin-break-glass-common';
import {
  fixedPrincipalsSchema,
  idSchema,
  minutesSchema,
  ownerRefSchema,
  titleSchema,
} from './values';

const HOUR = 60;
const DAY = 24 * HOUR;

const PATH_AND_NAME = '(?:user/(?:[\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}|root)';
const IN_EVERY_ACCOUNT = new RegExp(
  `^arn:\\$\\{partition\\}:iam::\\$\\{accountId\\}:${PATH_AND_NAME}$`,
);
const IN_ONE_ACCOUNT = new RegExp(
  `^arn:([a-z-]+):iam::[0-9]{12}:${PATH_AND_NAME}$`,
);
const WANTED =
  'must be the ARN of an IAM user or of a root: arn:$${partition}:iam::$${accountId}:user/<path and name> for one in every account, or with partition and account id';

/** ARN of a user in one account, or of one that is in every account. */
const userArnSchema = z
  .string({ error: WANTED })
  .refine(arn => IN_EVERY_ACCOUNT.test(arn) || isInOneAccount(arn), {
    error: WANTED,
  });

function isInOneAccount(arn: string): boolean {
  const partition = IN_ONE_ACCOUNT.exec(arn)?.[1];
  return partitionSchema.safeParse(partition).success;
}

const emergencyUserSchema = z.strictObject({
  arn: userArnSchema,
  title: titleSchema,
  owner: ownerRefSchema,
});

/** What counts as unbrokered use, how it is looked for, and who has to do with it. */
export const unbrokeredSchema = z.strictObject({
  roles: z.array(idSchema).min(1).optional(),
  emergencyUsers: z.array(emergencyUserSchema).default([]),
  lookEvery: minutesSchema({ min: 1, max: DAY }).default(15),
  lookBack: minutesSchema({ min: HOUR, max: 90 * DAY }).default(2 * DAY),
  due: minutesSchema({ min: 1, max: 90 * DAY }).default(DAY),
  owner: ownerRefSchema.optional(),
  remindBefore: minutesSchema({ min: 1, max: 30 * DAY }).default(4 * HOUR),
  remindEvery: minutesSchema({ min: 5, max: 30 * DAY }).default(4 * HOUR),
  escalateAfter: minutesSchema({ min: 1, max: 90 * DAY }).default(DAY),
  escalateTo: fixedPrincipalsSchema.optional(),
  topic: z
    .string()
    .regex(/^[\w.-]{1,128}$/, {
      error:
        'must be a topic of the events system, such as break-glass.cloudtrail',
    })
    .default('break-glass.cloudtrail'),
  /** Belongs to the module of the events backend; it must only be long enough. */
  ingressKey: z
    .string()
    .min(32, { error: 'must have at least 32 characters' })
    .optional(),
});
