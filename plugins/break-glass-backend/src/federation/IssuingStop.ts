import { Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { Database } from '../database/types';
import { AUDIT } from './auditActions';

/** How often the mark is tried again when somebody else changed the lease. */
const MAX_ROUNDS = 5;

/** Stops leases from issuing whose names no longer mean what was approved (I2). */
export class IssuingStop {
  constructor(
    private readonly deps: {
      database: Database;
      audit: AuditLog;
      clock: Clock;
    },
  ) {}

  /** Marks the lease, once, with an audit entry. A mark that cannot be written changes nothing: the next try finds the same. */
  async stop(leaseId: string, words: string): Promise<void> {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      if (await this.write(leaseId, words)) {
        return;
      }
    }
  }

  private async write(leaseId: string, words: string): Promise<boolean> {
    const at = this.deps.clock.now();
    return this.deps.database.transaction(async stores => {
      const row = await stores.leases.get(leaseId);
      if (!row || row.issuingStopped) {
        return true;
      }
      const change = { issuingStopped: words };
      if (!(await stores.leases.update(row.id, row.version, change))) {
        return false;
      }
      await this.deps.audit.record(stores, {
        at,
        actor: 'system',
        action: AUDIT.issuingStopped,
        outcome: 'done',
        leaseId,
        accountRef: row.accountRef,
        code: 'scope-drift',
        details: { words },
      });
      await stores.outbox.enqueue([{ kind: 'signal', leaseId }], at);
      return true;
    });
  }
}
