import { LeaseRow, Millis } from '../database/types';

/** When to remind of a review, in milliseconds. */
export interface ReminderTimes {
  /** Before it is due. */
  remindBefore: Millis;
  /** From then on. */
  remindEvery: Millis;
  /** After it was due. */
  escalateAfter: Millis;
}

/**
 * What is due to be told of a review that waits: a reminder, an escalation
 * (once), or nothing yet. Pure.
 */
export function dueReminder(
  lease: Pick<
    LeaseRow,
    'reviewState' | 'reviewDueAt' | 'reviewRemindedAt' | 'reviewEscalatedAt'
  >,
  times: ReminderTimes,
  now: Millis,
): 'remind' | 'escalate' | undefined {
  const { reviewState, reviewDueAt, reviewRemindedAt } = lease;
  const waits = reviewState === 'collecting' || reviewState === 'open';
  if (!waits || reviewDueAt === undefined) {
    return undefined;
  }
  if (
    now >= reviewDueAt + times.escalateAfter &&
    lease.reviewEscalatedAt === undefined
  ) {
    return 'escalate';
  }
  const from = reviewDueAt - times.remindBefore;
  const next =
    reviewRemindedAt === undefined
      ? from
      : Math.max(from, reviewRemindedAt + times.remindEvery);
  return now >= next ? 'remind' : undefined;
}
