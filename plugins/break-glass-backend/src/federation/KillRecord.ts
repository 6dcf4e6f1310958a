import { KillState } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { Database, LeaseRow, OutboxMessage } from '../database/types';
import { AUDIT } from './auditActions';

/** How often a change is tried again when somebody else changed the lease. */
const MAX_ROUNDS = 5;

/** States in the order in which they are reached; a kill never goes back. */
const RANK: Record<KillState, number> = {
  none: 0,
  requested: 1,
  'not-deployed': 2,
  accepted: 3,
  probed: 4,
};

/** What is written with a change. */
interface Entry {
  action: string;
  details: Record<string, unknown>;
  messages?: OutboxMessage[];
}

type Reached = 'not-deployed' | 'accepted' | 'probed';

/** Writes on the lease how far its kill has come, with the audit entry and a signal. */
export class KillRecord {
  constructor(
    private readonly deps: {
      database: Database;
      audit: AuditLog;
      clock: Clock;
    },
  ) {}

  /** Moves a lease's kill forward; does nothing where it is as far already. */
  async advance(
    leaseId: string,
    kill: Reached,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    await this.change(
      leaseId,
      row =>
        RANK[row.kill] < RANK[kill]
          ? changeTo(row, kill, this.now())
          : undefined,
      { action: kill === 'probed' ? AUDIT.killProbe : AUDIT.kill, details },
    );
  }

  /**
   * Says that a kill no longer holds in AWS, and has it made and probed again.
   * Evidence that counts on it is looked for again, as calls may have followed.
   */
  async lost(leaseId: string): Promise<void> {
    const at = this.now();
    await this.change(
      leaseId,
      row =>
        row.kill === 'accepted' || row.kill === 'probed'
          ? {
              kill: 'requested',
              killAcceptedAt: undefined,
              killProbedAt: undefined,
              ...(row.reviewState === 'open' && {
                reviewState: 'collecting',
                collectDueAt: at,
              }),
            }
          : undefined,
      {
        action: AUDIT.killLost,
        details: { words: 'somebody else took the kill out of the boundary' },
        messages: [{ kind: 'kill', leaseId }],
      },
    );
  }

  /** Takes a kill back that had nothing to kill. */
  async withdraw(leaseId: string): Promise<void> {
    await this.change(
      leaseId,
      row => (row.kill === 'requested' ? { kill: 'none' } : undefined),
      { action: AUDIT.kill, details: { words: 'no session was issued' } },
    );
  }

  /** Writes an audit entry that changes nothing about the lease. */
  async note(
    row: LeaseRow,
    action: string,
    outcome: 'done' | 'failed',
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.deps.database.transaction(stores =>
      this.deps.audit.record(stores, {
        at: this.now(),
        actor: 'system',
        action,
        outcome,
        leaseId: row.id,
        accountRef: row.accountRef,
        details,
      }),
    );
  }

  /** How far the kill of a lease is now. */
  async state(leaseId: string): Promise<KillState | undefined> {
    return (await this.deps.database.leases.get(leaseId))?.kill;
  }

  private async change(
    leaseId: string,
    decide: (row: LeaseRow) => Partial<LeaseRow> | undefined,
    entry: Entry,
  ): Promise<void> {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const row = await this.deps.database.leases.get(leaseId);
      const change = row && decide(row);
      if (!row || !change || (await this.write(row, change, entry))) {
        return;
      }
    }
    throw new Error(
      `Lease ${leaseId} keeps changing; how far its kill has come is written at the next try.`,
    );
  }

  private async write(
    row: LeaseRow,
    change: Partial<LeaseRow>,
    entry: Entry,
  ): Promise<boolean> {
    const at = this.now();
    return this.deps.database.transaction(async stores => {
      if (!(await stores.leases.update(row.id, row.version, change))) {
        return false;
      }
      await this.deps.audit.record(stores, {
        at,
        actor: 'system',
        action: entry.action,
        outcome: 'done',
        leaseId: row.id,
        accountRef: row.accountRef,
        details: { ...entry.details, kill: change.kill },
      });
      await stores.outbox.enqueue(
        [{ kind: 'signal', leaseId: row.id }, ...(entry.messages ?? [])],
        at,
      );
      return true;
    });
  }

  private now(): number {
    return this.deps.clock.now();
  }
}

function changeTo(
  row: LeaseRow,
  kill: Reached,
  now: number,
): Partial<LeaseRow> {
  switch (kill) {
    case 'accepted':
      return {
        kill,
        killRequestedAt: row.killRequestedAt ?? now,
        killAcceptedAt: now,
      };
    case 'probed':
      return { kill, killProbedAt: now };
    default:
      return { kill };
  }
}
