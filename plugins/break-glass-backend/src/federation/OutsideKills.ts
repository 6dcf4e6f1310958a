import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { decodeTime, isValid } from 'ulid';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow, Millis } from '../database/types';
import { ClosingService } from '../leases';
import { isClosed, statusAt } from '../leases/lifecycle';
import { Boundary } from './BoundaryEnforcer';
import { deniedLeases } from './boundaryDocument';
import { isUnder } from './killTarget';

/** From a request to the end of its last credentials, at most: a start in 30 days, and what a lease lasts. */
const OLDEST: Millis = 33 * 24 * 60 * 60_000;

/** What stands in a boundary policy without the portal's doing. */
export interface OutsideKill {
  /** Leases that gave access, and were taken away because of it. */
  revoked: string[];
  /** Ids of no lease that the database knows; they stay denied. */
  kept: string[];
}

/**
 * Follows operators who killed leases while the portal was down, or whose leases
 * a restored database does not know (docs/operations.md): a deny that they wrote
 * is never taken away while it may keep somebody out.
 */
export class OutsideKills {
  constructor(
    private readonly deps: {
      config: Pick<BreakGlassConfig, 'roles' | 'externalIds'>;
      database: Database;
      closing: Pick<ClosingService, 'revokeFor'>;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** Takes away what is denied and still open. Never throws for a lease: what cannot be revoked stays denied. */
  async follow(target: Boundary, document: unknown): Promise<OutsideKill> {
    const ids = deniedLeases(document).filter(isValid);
    const rows = await this.rowsOf(ids);
    const unknown = ids.filter(id => !rows.has(id) && this.mayLive(id));
    const revoked: string[] = [];
    const kept = [...unknown];
    for (const row of rows.values()) {
      if (isUnder(this.deps.config, target.boundary, row)) {
        const status = statusAt(row, this.deps.clock.now());
        if (status === 'pending') {
          kept.push(row.id);
        } else if (!isClosed(status)) {
          const done = await this.revoke(row, target.boundary.policyArn);
          (done ? revoked : kept).push(row.id);
        }
      }
    }
    return { revoked, kept };
  }

  private async rowsOf(ids: string[]): Promise<Map<string, LeaseRow>> {
    const now = this.deps.clock.now();
    const rows = ids.length
      ? await this.deps.database.leases.list(
          { ids, now },
          { limit: ids.length },
        )
      : [];
    return new Map(rows.map(row => [row.id, row]));
  }

  private mayLive(id: string): boolean {
    return decodeTime(id) > this.deps.clock.now() - OLDEST;
  }

  private async revoke(row: LeaseRow, policyArn: string): Promise<boolean> {
    try {
      await this.deps.closing.revokeFor(
        row.id,
        'system',
        `Somebody killed it without the portal: ${policyArn} denies it.`,
      );
      return true;
    } catch (error) {
      this.deps.logger.error(
        `Lease ${row.id} is denied by ${policyArn} and could not be revoked: ${error}`,
      );
      return false;
    }
  }
}
