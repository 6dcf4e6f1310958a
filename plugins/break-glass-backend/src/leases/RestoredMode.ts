import { refsOf } from '../accounts/principals';
import { OutboxMessage } from '../database/types';
import { ClosingService } from './ClosingService';
import { LeaseDependencies } from './dependencies';

/** Leases that are revoked before the list is looked at again. */
const BATCH = 100;
/** Rounds of one run; the next one goes on. */
const MAX_ROUNDS = 100;

/**
 * What happens on a database that is not the one that was anchored (I6): its
 * leases may have been ended, revoked or never approved in the one that is gone,
 * so they are taken away, and an alarm is raised. That nothing is issued is
 * enforced where it would be.
 */
export class RestoredMode {
  constructor(
    private readonly deps: LeaseDependencies,
    private readonly closing: ClosingService,
  ) {}

  /**
   * Revokes every lease that gives access, or will; one that cannot be keeps no
   * other. Can be repeated.
   * @param words - what is wrong with the database, as a sentence
   * @throws Error where some could not be revoked: the next run tries again
   */
  async enforce(words: string): Promise<void> {
    await this.raiseAlarm(words);
    const seen = new Set<string>();
    const failures: unknown[] = [];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const open = await this.deps.database.leases.list(
        { statuses: ['scheduled', 'active'], now: this.deps.clock.now() },
        { limit: BATCH },
        'oldest',
      );
      const left = open.filter(({ id }) => !seen.has(id));
      for (const { id } of left) {
        seen.add(id);
        await this.closing
          .revokeFor(id, 'system', words)
          .catch(error => failures.push(error));
      }
      if (left.length === 0) {
        break;
      }
    }
    if (failures.length > 0) {
      throw new Error(
        `${failures.length} leases could not be revoked, the first because of ${failures[0]}`,
      );
    }
  }

  /** Once for each time that it happens: until an operator accepts the database, all runs are one. */
  private async raiseAlarm(words: string): Promise<void> {
    const { audit, clock, database, wake } = this.deps;
    const raised = await database.transaction(async stores => {
      const newest = async (action: string) =>
        (await stores.audit.list({ action }, { limit: 1 }))[0]?.seq ?? 0;
      if ((await newest('audit.restored')) > (await newest('audit.accepted'))) {
        return false;
      }
      await audit.record(stores, {
        at: clock.now(),
        actor: 'system',
        action: 'audit.restored',
        outcome: 'done',
        details: { words },
      });
      await stores.outbox.enqueue(this.messages(), clock.now());
      return true;
    });
    if (raised) {
      wake();
    }
  }

  private messages(): OutboxMessage[] {
    const { responders, auditors } = this.deps.config;
    const recipients = [responders, auditors]
      .flatMap(refsOf)
      .filter(ref => ref.includes(':'));
    return recipients.length === 0
      ? []
      : [
          {
            kind: 'notification',
            recipients: [...new Set(recipients)],
            title: 'Break Glass runs on a database that is not the one it knew',
            description:
              'Nothing is issued, and leases are revoked. The platform team has to look at the audit log: see docs/operations.md.',
            link: '/break-glass/audit',
            severity: 'critical',
            topic: 'break-glass',
            scope: 'break-glass:restored',
          },
        ];
  }
}
