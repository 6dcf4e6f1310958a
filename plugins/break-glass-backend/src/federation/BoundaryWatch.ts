import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow } from '../database/types';
import { Boundary, BoundaryEnforcer } from './BoundaryEnforcer';
import { ForeignChanges, WATCHED_FOR } from './ForeignChanges';
import { killTarget } from './killTarget';

/** Policies that are looked at side by side, so that some that do not answer keep no others waiting for long. */
const AT_ONCE = 10;

/**
 * Compares the boundary policies that hold kills, or held some lately, with what
 * the database wants: puts right what somebody else changed, and takes out
 * leases whose credentials have expired.
 */
export class BoundaryWatch {
  constructor(
    private readonly deps: {
      config: BreakGlassConfig;
      database: Database;
      enforcer: BoundaryEnforcer;
      foreignChanges: ForeignChanges;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /**
   * Looks at each policy once. One that cannot be reached keeps no other waiting.
   * @throws Error where some could not be looked at; the next run tries again
   */
  async run(signal: AbortSignal): Promise<void> {
    const { database, clock, logger } = this.deps;
    const killed = await database.leases.killedSince(clock.now() - WATCHED_FOR);
    const failed: string[] = [];
    const targets = this.targetsOf(killed);
    const workers = Array.from({ length: AT_ONCE }, async () => {
      while (targets.length > 0 && !signal.aborted) {
        const target = targets.shift()!;
        const { policyArn } = target.boundary;
        await this.look(target).catch(error => {
          failed.push(policyArn);
          logger.warn(
            `The kill policy ${policyArn} could not be looked at: ${error}`,
          );
        });
      }
    });
    await Promise.all(workers);
    if (failed.length > 0) {
      throw new Error(
        `${failed.length} kill policies could not be looked at, ${failed[0]} first`,
      );
    }
  }

  private async look(target: Boundary): Promise<void> {
    const { enforcer, foreignChanges } = this.deps;
    await enforcer.enforce(target, found =>
      foreignChanges.report(target, found),
    );
  }

  /** One for each policy, with the roles of all leases under it, renamed ones included. */
  private targetsOf(killed: LeaseRow[]): Boundary[] {
    const byPolicy = new Map<string, Boundary>();
    for (const row of killed) {
      const target = killTarget(this.deps.config, row);
      if (target.type === 'boundary') {
        const { policyArn } = target.boundary;
        const roleArns = byPolicy.get(policyArn)?.roleArns ?? [];
        byPolicy.set(policyArn, {
          ...target,
          roleArns: [...new Set([...roleArns, ...target.roleArns])].sort(),
        });
      }
    }
    return [...byPolicy.values()];
  }
}
