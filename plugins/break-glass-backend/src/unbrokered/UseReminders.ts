import { Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database, Millis, UnbrokeredRow } from '../database/types';
import { useMessages } from './useMessages';

const MINUTE = 60_000;
/** Uses of one run; the next takes the others. */
const BATCH = 100;

/**
 * Reminds who has to explain or to review a use, once in an interval, and tells
 * others, once, when it stays undone. Nobody is told of the same by two replicas.
 */
export class UseReminders {
  constructor(
    private readonly deps: {
      config: BreakGlassConfig;
      database: Database;
      audit: AuditLog;
      clock: Clock;
      wake: () => void;
    },
  ) {}

  /** @returns how many were told of. */
  async run(): Promise<number> {
    const now = this.deps.clock.now();
    const count = (await this.remind(now)) + (await this.escalate(now));
    if (count > 0) {
      this.deps.wake();
    }
    return count;
  }

  private async remind(now: Millis): Promise<number> {
    const { config, database } = this.deps;
    const { remindBeforeMinutes, remindEveryMinutes } = config.unbrokered;
    const soon = now + remindBeforeMinutes * MINUTE;
    const earlier = now - remindEveryMinutes * MINUTE + 1;
    const due = await database.unbrokered.remindable(soon, earlier, BATCH);
    let count = 0;
    for (const use of due) {
      const told = await database.transaction(async stores => {
        if (!(await stores.unbrokered.reminded(use.id, now, earlier))) {
          return false;
        }
        const messages = useMessages.due(config, use, use.dueAt < now);
        await stores.outbox.enqueue(messages, now);
        return true;
      });
      count += Number(told);
    }
    return count;
  }

  private async escalate(now: Millis): Promise<number> {
    const { config, database } = this.deps;
    const late = now - config.unbrokered.escalateAfterMinutes * MINUTE;
    let count = 0;
    for (const use of await database.unbrokered.escalatable(late, BATCH)) {
      count += Number(await this.escalateOne(use, now));
    }
    return count;
  }

  private async escalateOne(use: UnbrokeredRow, now: Millis): Promise<boolean> {
    const { config, database, audit } = this.deps;
    return database.transaction(async stores => {
      if (!(await stores.unbrokered.escalated(use.id, now))) {
        return false;
      }
      await audit.record(stores, {
        at: now,
        actor: 'system',
        action: 'unbrokered.escalated',
        outcome: 'done',
        leaseId: use.leaseId,
        accountRef: use.accountRef,
        details: { unbrokeredId: use.id, state: use.state, owner: use.owner },
      });
      await stores.outbox.enqueue(useMessages.escalated(config, use), now);
      return true;
    });
  }
}
