import { Person } from '../accounts/types';
import {
  AuditEvent,
  LeaseRow,
  Millis,
  OutboxMessage,
  Stores,
} from '../database/types';
import { conflictError, notAllowedError } from '../errors';
import { allDecisions } from './allDecisions';
import { intoReview } from './closing';
import { attempt, Caller, LeaseDependencies, personOf } from './dependencies';
import { explainCancel, explainRevoke, mayRevoke } from './explain';
import { leaseUnknown } from './leaseUnknown';
import { apply, isClosed, isReviewed, LeaseEvent, statusAt } from './lifecycle';
import { notices } from './notices';

/** How often a change is tried again when somebody else was first. */
const MAX_ROUNDS = 5;
/** How many overdue leases one run records at most. */
const BATCH = 100;

const NOTICE = {
  approve: 'approved',
  reject: 'rejected',
  cancel: 'changed',
  lapse: 'lapsed',
  end: 'ended',
  revoke: 'revoked',
  expire: 'expired',
} as const;

/**
 * Takes leases to their end. Ending depends on no eligibility, no
 * configuration and no other system, and can be repeated (I4).
 */
export class ClosingService {
  constructor(private readonly deps: LeaseDependencies) {}

  /** Takes a request back. @throws NotAllowedError, ConflictError */
  async cancel(caller: Caller, id: string, comment?: string): Promise<void> {
    await this.close(caller, id, 'cancel', comment, row => {
      const { reasons } = explainCancel(row, caller.ref, this.deps.clock.now());
      return reasons[0];
    });
  }

  /** The requester is done. Ending what is over already changes nothing. */
  async end(caller: Caller, id: string, comment?: string): Promise<void> {
    await this.close(caller, id, 'end', comment, row =>
      row.requester === caller.ref
        ? undefined
        : {
            code: 'not-requester',
            message: 'Only the person who asked can end a lease.',
          },
    );
  }

  /** Takes a lease away. Revoking what is over already changes nothing. */
  async revoke(caller: Caller, id: string, comment?: string): Promise<void> {
    const decisions = await allDecisions(this.deps.database, id);
    const approved = decisions.some(
      each => each.person === caller.ref && each.verdict === 'approve',
    );
    const person = approved ? undefined : await this.revoker(caller, id);
    await this.close(caller, id, 'revoke', comment, row => {
      const { config } = this.deps;
      const facts = {
        approved,
        mayRevoke: person !== undefined && mayRevoke(config, row, person),
      };
      const { reasons } = explainRevoke(row, facts, this.deps.clock.now());
      return reasons[0];
    });
  }

  /** Takes a lease away because somebody stopped more than this one. What is over stays as it is. */
  async revokeFor(id: string, by: string, comment: string): Promise<void> {
    await this.writeOnce(id, { type: 'revoke', by, comment }, by);
    this.deps.wake();
  }

  /** Records that a request lapsed, before the job does. */
  async lapse(id: string): Promise<void> {
    await this.writeOnce(id, { type: 'lapse' }, 'system');
    this.deps.wake();
  }

  /**
   * Records what the clock has decided: requests that lapsed, leases that
   * expired. Grants and refuses nothing.
   * @returns how many were recorded.
   */
  async recordDue(): Promise<number> {
    const due = await this.deps.database.leases.due(
      this.deps.clock.now(),
      BATCH,
    );
    for (const row of due) {
      const type =
        statusAt(row, this.deps.clock.now()) === 'lapsed' ? 'lapse' : 'expire';
      await this.writeOnce(row.id, { type }, 'system');
    }
    if (due.length) {
      this.deps.wake();
    }
    return due.length;
  }

  private async revoker(caller: Caller, id: string): Promise<Person> {
    const what = { actor: caller.ref, action: 'lease.revoke', leaseId: id };
    return attempt(this.deps, what, () => personOf(this.deps.people, caller));
  }

  private async close(
    caller: Caller,
    id: string,
    type: 'cancel' | 'end' | 'revoke',
    comment: string | undefined,
    against: (row: LeaseRow) => { code: string; message: string } | undefined,
  ) {
    const what = { actor: caller.ref, action: `lease.${type}`, leaseId: id };
    await attempt(this.deps, what, async () => {
      const row = await this.deps.database.leases.get(id);
      if (!row) {
        throw leaseUnknown(id);
      }
      const problem = against(row);
      const over = isClosed(statusAt(row, this.deps.clock.now()));
      if (
        problem &&
        !(over && problem.code === 'wrong-status' && type !== 'cancel')
      ) {
        throw problem.code === 'wrong-status'
          ? conflictError('wrong-status', problem.message)
          : notAllowedError(problem.code as never, problem.message);
      }
      if (over && type !== 'cancel') {
        return;
      }
      await this.writeOnce(id, { type, by: caller.ref, comment }, caller.ref);
      this.deps.wake();
    });
  }

  /** Compare-and-set, looked at again where somebody else was first; idempotent. */
  private async writeOnce(id: string, event: LeaseEvent, actor: string) {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const row = await this.deps.database.leases.get(id);
      const now = this.deps.clock.now();
      if (!row || alreadyOver(row, event, now)) {
        return;
      }
      const change = this.changeOf(row, event, now);
      if (await this.writeAudited(row, change, event, actor, now)) {
        return;
      }
    }
    throw conflictError(
      'conflict',
      'Others changed this lease at the same moment. Reload the page and try again.',
    );
  }

  private changeOf(
    row: LeaseRow,
    event: LeaseEvent,
    now: Millis,
  ): Partial<LeaseRow> {
    const change = apply(row, event, now);
    const reviewed =
      isReviewed(change.status as never) && row.activeFrom! <= now;
    return reviewed
      ? {
          ...change,
          ...intoReview(
            this.deps.config,
            row,
            change.closedAt!,
            now,
            event.type !== 'expire',
          ),
        }
      : change;
  }

  /**
   * Writes the change with its audit entry; where only the entry cannot be
   * written, the change and the kill go out all the same and the entry is
   * spooled (I4).
   */
  private async writeAudited(
    row: LeaseRow,
    change: Partial<LeaseRow>,
    event: LeaseEvent,
    actor: string,
    now: Millis,
  ): Promise<boolean> {
    const entry = entryOf(row, change, event, actor, now);
    const messages = notices[NOTICE[event.type]]({ ...row, ...change });
    let auditFailure: unknown;
    try {
      return await this.deps.database.transaction(async stores => {
        if (!(await write(stores, row, change, messages, now))) {
          return false;
        }
        try {
          await this.deps.audit.record(stores, entry);
        } catch (error) {
          auditFailure = error;
          throw error;
        }
        return true;
      });
    } catch (error) {
      if (auditFailure === undefined || event.type === 'cancel') {
        throw error;
      }
      const written = await this.deps.database.transaction(stores =>
        write(stores, row, change, messages, now),
      );
      if (written) {
        await this.deps.audit.spool(entry);
      }
      return written;
    }
  }
}

/** Repeating is harmless: what is over stays as it was recorded, or waits for the job that records it. */
function alreadyOver(row: LeaseRow, event: LeaseEvent, now: Millis): boolean {
  if (row.status !== 'pending' && row.status !== 'approved') {
    return true;
  }
  const byPerson = event.type === 'end' || event.type === 'revoke';
  return byPerson && isClosed(statusAt(row, now));
}

async function write(
  stores: Stores,
  row: LeaseRow,
  change: Partial<LeaseRow>,
  messages: OutboxMessage[],
  now: Millis,
): Promise<boolean> {
  if (!(await stores.leases.update(row.id, row.version, change))) {
    return false;
  }
  await stores.outbox.enqueue(messages, now);
  return true;
}

function entryOf(
  row: LeaseRow,
  change: Partial<LeaseRow>,
  event: LeaseEvent,
  actor: string,
  now: Millis,
): AuditEvent {
  return {
    at: now,
    actor,
    action: `lease.${event.type}`,
    outcome: 'done',
    leaseId: row.id,
    accountRef: row.accountRef,
    details: {
      comment: change.closeComment,
      closedAt: change.closedAt,
      kill: change.kill,
    },
  };
}
