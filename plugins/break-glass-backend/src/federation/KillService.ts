import { isDeepStrictEqual } from 'node:util';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow } from '../database/types';
import { isClosed, statusAt } from '../leases/lifecycle';
import { AUDIT } from './auditActions';
import { boundaryDocument, BoundaryFullError } from './boundaryDocument';
import { KeyedLock } from './KeyedLock';
import { KillRecord } from './KillRecord';
import { KillTarget, killTarget } from './killTarget';
import {
  BoundaryPolicies,
  KillProbe,
  ProbeOutcome,
  UnansweredProbe,
} from './types';

/** How often the document is built again because others closed leases meanwhile. */
const MAX_ROUNDS = 5;

type Boundary = Extract<KillTarget, { type: 'boundary' }>;

/** What killing needs. */
export interface KillDependencies {
  config: BreakGlassConfig;
  database: Database;
  audit: AuditLog;
  boundaries: BoundaryPolicies;
  probe: KillProbe;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Makes AWS refuse the live credentials of closed leases, through the boundary
 * policy of their role. Works off `kill` messages of the outbox: whatever is
 * not done throws, so that it is tried again, and is shown as it is: requested
 * → accepted → probed (pitfall 12).
 */
export class KillService {
  private readonly locks = new KeyedLock();
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
    await this.enforce(target);
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

  /**
   * Builds the boundary from the database and puts it into place. IAM has no
   * compare-and-set, so this process does it one at a time per policy, and
   * afterwards looks whether both sides still say the same: another replica
   * may have written an older view, or closed a lease, meanwhile. Whoever
   * writes last checks last, and a replica that dies in between leaves its
   * message undelivered, so the last word is always the database's.
   */
  private async enforce(target: Boundary): Promise<void> {
    await this.locks.run(target.boundary.policyArn, async () => {
      const policy = await this.deps.boundaries.open(target.boundary);
      for (let round = 1; round <= MAX_ROUNDS; round++) {
        const wanted = await this.document(target);
        if (!isSame(await policy.read(), wanted)) {
          await policy.replace(wanted);
        }
        const present = await policy.read();
        if (isSame(present, await this.document(target))) {
          return;
        }
      }
      throw new Error(
        `The kill policy ${target.boundary.policyArn} is being changed by somebody else. It is tried again.`,
      );
    });
  }

  private async document(target: Boundary): Promise<string> {
    const now = this.deps.clock.now();
    const { leases } = this.deps.database;
    // By role, and by policy: roles that left the configuration are named by their leases alone.
    const found = await Promise.all([
      leases.killableUnder(target.boundary.policyArn, now),
      ...target.roleArns.map(arn => leases.killable(arn, now)),
    ]);
    const ids = new Set(found.flat().map(lease => lease.id));
    try {
      return boundaryDocument([...ids].sort());
    } catch (error) {
      if (error instanceof BoundaryFullError) {
        this.deps.logger.error(
          `${target.boundary.policyArn}: ${error.message}`,
        );
      }
      throw error;
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

function isSame(document: unknown, text: string): boolean {
  return isDeepStrictEqual(document, JSON.parse(text));
}
