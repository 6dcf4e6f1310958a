import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { decodeTime } from 'ulid';
import { BreakGlassConfig } from '../config/types';
import { Database, LeaseRow, Millis } from '../database/types';
import { ClosingService } from '../leases';
import { MAX_SKEW_MS } from '../leases/clockSkew';
import { statusAt } from '../leases/lifecycle';
import { Boundary } from './BoundaryEnforcer';
import { isUnder } from './killTarget';
import { MAX_SESSION_SECONDS } from './sessionDuration';

const DAY: Millis = 24 * 60 * 60_000;
/** From a request to the end of its last credentials: a start in 30 days, 7 days of a lease, and a day. */
const OLDEST: Millis = 38 * DAY;
/** How long credentials can outlive their lease's end, and IAM our writes. */
const OUTLIVES: Millis = MAX_SESSION_SECONDS * 1_000 + 15 * 60_000;

/** What stands in a boundary policy, whoever wrote it. */
export interface OutsideKill {
  /** Leases that gave access, and were taken away because of it. */
  revoked: string[];
  /** Ids that stay denied, also where the database has no reason to; those that matter most first. */
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

  /**
   * Takes away what is denied and still open, and says what has to stay denied.
   * Never throws: whatever cannot be told stays as it is.
   * @param denied - ids of leases that somebody denied, also repeated
   */
  async follow(target: Boundary, denied: string[]): Promise<OutsideKill> {
    const ids = [...new Set(denied)];
    try {
      return await this.judge(target, ids);
    } catch (error) {
      this.deps.logger.error(
        `What ${target.boundary.policyArn} denies could not be looked up and stays denied: ${error}`,
      );
      return { revoked: [], kept: ids };
    }
  }

  private async judge(target: Boundary, ids: string[]): Promise<OutsideKill> {
    const now = this.deps.clock.now();
    const rows = await this.rowsOf(ids);
    const revoked: string[] = [];
    const open: string[] = [];
    const others: string[] = [];
    for (const id of ids) {
      const row = rows.get(id);
      if (!row) {
        others.push(...(mayLive(id, now) ? [id] : []));
      } else if (isUnder(this.deps.config, target.boundary, row)) {
        if (givesAccess(row, now)) {
          open.push(id);
          if (await this.revoke(row, target.boundary.policyArn)) {
            revoked.push(id);
          }
        } else if ((row.closedAt ?? row.expiresAt ?? now) + OUTLIVES > now) {
          others.push(id);
        }
      }
    }
    // ULIDs begin with their time: the newest first.
    return { revoked, kept: [...open, ...others.sort().reverse()] };
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

/** A lease that ends within what clocks may differ by is over for another replica already. */
function givesAccess(row: LeaseRow, now: Millis): boolean {
  const status = statusAt(row, now);
  return (
    (status === 'active' && statusAt(row, now + MAX_SKEW_MS) === 'active') ||
    status === 'scheduled'
  );
}

/** Whether a lease of that id can have credentials: not of one that is too old, nor of a time to come. */
function mayLive(id: string, now: Millis): boolean {
  const time = decodeTime(id);
  return time > now - OLDEST && time < now + DAY;
}
