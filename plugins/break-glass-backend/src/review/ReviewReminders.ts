import { LoggerService } from '@backstage/backend-plugin-api';
import { Principals } from '../config/types';
import { FollowUpRow, LeaseRow, Millis } from '../database/types';
import { sendReminders } from '../leases';
import { dueReminder, ReminderTimes } from './dueReminder';
import {
  escalationMessage,
  followUpReminder,
  reviewReminder,
} from './reminderMessages';
import { ReviewDependencies } from './ReviewRules';

const MINUTE = 60_000;
/** Reviews and follow-ups that one run takes up. */
const BATCH = 100;

/**
 * Reminds of reviews and follow-ups that are due, and escalates what stays
 * undone. Each reminder is a compare-and-set in one transaction with its
 * message: two replicas send it once, and a crash loses none.
 */
export class ReviewReminders {
  constructor(
    private readonly deps: ReviewDependencies & { logger: LoggerService },
  ) {}

  /** @returns how many reminders went out. */
  async run(signal?: AbortSignal): Promise<number> {
    const { clock, database, logger } = this.deps;
    const now = clock.now();
    const { remindBefore, remindEvery } = this.times();
    const leases = await database.leases.reviewsDue(now + remindBefore, BATCH);
    const followUps = await database.followUps.remindable(
      now,
      now - remindEvery,
      BATCH,
    );
    const reminders = [
      ...leases.map(lease => ({
        of: `the review of ${lease.id}`,
        send: () => this.remindOfReview(lease, now),
      })),
      ...followUps.map(row => ({
        of: `follow-up ${row.id}`,
        send: () => this.remindOfFollowUp(row, now),
      })),
    ];
    const sent = await sendReminders(logger, reminders, signal);
    if (sent > 0) {
      this.deps.wake();
    }
    return sent;
  }

  private async remindOfReview(lease: LeaseRow, now: Millis): Promise<boolean> {
    const due = dueReminder(lease, this.times(), now);
    if (!due) {
      return false;
    }
    const { database, audit, config } = this.deps;
    return database.transaction(async stores => {
      const change =
        due === 'escalate'
          ? { reviewEscalatedAt: now, reviewRemindedAt: now }
          : { reviewRemindedAt: now };
      if (!(await stores.leases.update(lease.id, lease.version, change))) {
        return false;
      }
      await audit.record(stores, {
        at: now,
        actor: 'system',
        action: due === 'escalate' ? 'review.escalated' : 'review.reminded',
        outcome: 'done',
        leaseId: lease.id,
        accountRef: lease.accountRef,
        details: { dueAt: lease.reviewDueAt, reviewer: lease.reviewer },
      });
      const reviewers = lease.reviewer
        ? [lease.reviewer]
        : refsOf(config.reviewers);
      await stores.outbox.enqueue(
        due === 'escalate'
          ? escalationMessage(lease, [
              ...reviewers,
              ...refsOf(config.reviewers),
              ...refsOf(config.review.escalateTo),
            ])
          : reviewReminder(lease, reviewers, now),
        now,
      );
      return true;
    });
  }

  private async remindOfFollowUp(
    row: FollowUpRow,
    now: Millis,
  ): Promise<boolean> {
    const { database, config } = this.deps;
    const before = now - this.times().remindEvery;
    return database.transaction(async stores => {
      if (!(await stores.followUps.reminded(row.id, now, before))) {
        return false;
      }
      const recipients = row.owner ? [row.owner] : refsOf(config.reviewers);
      await stores.outbox.enqueue(followUpReminder(row, recipients), now);
      return true;
    });
  }

  private times(): ReminderTimes {
    const { review } = this.deps.config;
    return {
      remindBefore: review.remindBeforeMinutes * MINUTE,
      remindEvery: review.remindEveryMinutes * MINUTE,
      escalateAfter: review.escalateAfterMinutes * MINUTE,
    };
  }
}

function refsOf({ groups, users }: Principals): string[] {
  return [...groups, ...users];
}
