import { Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow } from '../database/types';
import { isClosed, statusAt } from '../leases/lifecycle';
import { AUDIT } from './auditActions';
import { Boundary, BoundaryEnforcer } from './BoundaryEnforcer';
import { ForeignChanges } from './ForeignChanges';
import { KillRecord } from './KillRecord';
import { killTarget } from './killTarget';
import { KillProbe, ProbeOutcome, UnansweredProbe } from './types';

/** What killing needs. */
export interface KillDependencies {
  config: BreakGlassConfig;
  database: Database;
  audit: AuditLog;
  /** Puts boundary policies into place. */
  enforcer: BoundaryEnforcer;
  /** Tells of what somebody else did to them. */
  foreignChanges: ForeignChanges;
  probe: KillProbe;
  clock: Clock;
}

/**
 * Makes AWS refuse the live credentials of closed leases, through the boundary
 * policy of their role. Works off `kill` messages of the outbox: whatever is
 * not done throws, so that it is tried again, and is shown as it is: requested
 * → accepted → probed (pitfall 12).
 */
export class KillService {
  private readonly record: KillRecord;

  constructor(private readonly deps: KillDependencies) {
    this.record = new KillRecord(deps);
  }

  /**
   * Kills the live credentials of one lease. Repeating it changes nothing.
   * @throws Error while AWS has not accepted the kill, or does not enforce it yet
   */
  async kill(leaseId: string): Promise<void> {
    const row = await this.deps.database.leases.get(leaseId);
    if (!row || !isClosed(statusAt(row, this.deps.clock.now()))) {
      // A session that was thrown away under a live lease: its secret is gone,
      // and a kill would hit the other sessions of that lease.
      return;
    }
    const target = killTarget(this.deps.config, row);
    if (target.type === 'none') {
      await this.record.advance(leaseId, 'not-deployed');
      return;
    }
    if (!(await this.mayLive(row))) {
      await this.nothingLives(row);
      return;
    }
    if (target.type === 'unknown') {
      throw new Error(
        `The role ${row.roleArn} is no longer configured, so its kill policy is not known. Put the role back into breakGlass.roles: until then live credentials of lease ${leaseId} last until they expire.`,
      );
    }
    await this.deps.enforcer.enforce(target, found =>
      this.deps.foreignChanges.report(target, found),
    );
    await this.record.advance(leaseId, 'accepted', {
      policyArn: target.boundary.policyArn,
    });
    await this.prove(row, target);
  }

  private async mayLive(row: LeaseRow): Promise<boolean> {
    const { leases } = this.deps.database;
    const live = await leases.killable(row.roleArn, this.deps.clock.now());
    return live.some(each => each.id === row.id);
  }

  /** Nothing was ever issued, or all of it has expired; only the first means that there was nothing to kill. */
  private async nothingLives(row: LeaseRow): Promise<void> {
    const issued = await this.deps.database.sessions.countOfLeases([row.id]);
    if (!issued.get(row.id) && row.kill === 'requested') {
      await this.record.withdraw(row.id);
    }
  }

  /** The key of a probe without an answer is noted, too: nothing else tells it from a stranger's session. */
  private async probe(row: LeaseRow, target: Boundary): Promise<ProbeOutcome> {
    try {
      return await this.deps.probe.probe({
        ...target.boundary,
        leaseId: row.id,
        roleArn: row.roleArn,
        sourceIdentity: this.deps.config.sourceIdentity,
      });
    } catch (error) {
      const { accessKeyId, message } = error as UnansweredProbe;
      if (accessKeyId) {
        const details = { accessKeyId, words: message };
        await this.record.note(row, AUDIT.killProbe, 'failed', details);
      }
      throw error;
    }
  }

  /** Accepted by AWS is not enforced yet: only a refused call is proof. */
  private async prove(row: LeaseRow, target: Boundary): Promise<void> {
    if ((await this.record.state(row.id)) === 'probed') {
      return;
    }
    const outcome = await this.probe(row, target);
    const details = { accessKeyId: outcome.accessKeyId };
    if (outcome.enforced) {
      await this.record.advance(row.id, 'probed', details);
      return;
    }
    await this.record.note(row, AUDIT.killProbe, 'failed', {
      ...details,
      words: outcome.words,
    });
    throw new Error(
      `AWS accepted the kill of lease ${row.id} and does not enforce it yet: ${outcome.words}. It is probed again.`,
    );
  }
}
