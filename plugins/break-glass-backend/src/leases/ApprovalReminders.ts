import { LoggerService } from '@backstage/backend-plugin-api';
import { refsOf } from '../accounts/principals';
import { candidates } from '../approvals';
import { LeaseRow, Millis } from '../database/types';
import { LeaseDependencies } from './dependencies';
import { frozenFacts } from './explainDecide';
import { notices } from './notices';
import { sendReminders } from './sendReminders';

const MINUTE = 60_000;
/** Requests that are read at once. */
const BATCH = 100;
/** How many approvers are told at most. */
const MAX_NOTIFIED = 200;

/**
 * Reminds approvers of requests that wait, each time after twice as long, and tells
 * a second group of those that wait too long. A compare-and-set in one transaction
 * with its message: two replicas remind once.
 */
export class ApprovalReminders {
  constructor(
    private readonly deps: LeaseDependencies & { logger: LoggerService },
  ) {}

  /** @returns how many reminders and escalations went out. */
  async run(signal?: AbortSignal): Promise<number> {
    const { clock, database, logger } = this.deps;
    const filter = { statuses: ['pending'], now: clock.now() };
    let sent = 0;
    let before: string | undefined;
    let rows: LeaseRow[];
    do {
      const page = { limit: BATCH, before };
      rows = await database.leases.list(filter, page, 'oldest');
      sent += await sendReminders(
        logger,
        rows.map(row => ({ of: row.id, send: () => this.look(row) })),
        signal,
      );
      before = rows[rows.length - 1]?.id;
    } while (rows.length === BATCH && !signal?.aborted);
    if (sent > 0) {
      this.deps.wake();
    }
    return sent;
  }

  private async look(row: LeaseRow): Promise<boolean> {
    const now = this.deps.clock.now();
    const due = dueOf(row, this.deps.config.approvals, now);
    if (!due) {
      return false;
    }
    const recipients =
      due === 'escalate'
        ? refsOf(this.deps.config.approvals.escalateTo)
        : await this.approvers(row);
    return this.deps.database.transaction(async stores => {
      const change =
        due === 'escalate'
          ? { approvalEscalatedAt: now }
          : {
              approvalRemindedAt: now,
              approvalReminders: (row.approvalReminders ?? 0) + 1,
            };
      if (!(await stores.leases.update(row.id, row.version, change))) {
        return false;
      }
      await this.deps.audit.record(stores, {
        at: now,
        actor: 'system',
        action: due === 'escalate' ? 'lease.escalated' : 'lease.reminded',
        outcome: 'done',
        leaseId: row.id,
        accountRef: row.accountRef,
        details: { recipients },
      });
      const tell = due === 'escalate' ? notices.escalated : notices.reminded;
      await stores.outbox.enqueue(tell(row, recipients), now);
      return true;
    });
  }

  private async approvers(row: LeaseRow): Promise<string[]> {
    const decisions = await this.deps.database.decisions.ofLeases([row.id]);
    const facts = frozenFacts(row, decisions);
    const able = await candidates(this.deps.people, facts, MAX_NOTIFIED);
    return [
      ...new Set(able.flatMap(({ people }) => people.map(({ ref }) => ref))),
    ];
  }
}

/** What is due for a request; pure. */
export function dueOf(
  row: Pick<
    LeaseRow,
    | 'requestedAt'
    | 'approvalRemindedAt'
    | 'approvalReminders'
    | 'approvalEscalatedAt'
  >,
  times: { remindAfterMinutes: number; escalateAfterMinutes?: number },
  now: Millis,
): 'remind' | 'escalate' | undefined {
  const { escalateAfterMinutes } = times;
  if (
    escalateAfterMinutes !== undefined &&
    row.approvalEscalatedAt === undefined &&
    now >= row.requestedAt + escalateAfterMinutes * MINUTE
  ) {
    return 'escalate';
  }
  const last = row.approvalRemindedAt ?? row.requestedAt;
  const pause =
    times.remindAfterMinutes * MINUTE * 2 ** (row.approvalReminders ?? 0);
  return now >= last + pause ? 'remind' : undefined;
}
