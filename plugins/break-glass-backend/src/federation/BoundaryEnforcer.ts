import { isDeepStrictEqual } from 'node:util';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { Database, LeaseRow } from '../database/types';
import {
  boundaryDocument,
  BoundaryFullError,
  deniedLeases,
  hasRoom,
} from './boundaryDocument';
import { KeyedLock } from './KeyedLock';
import { KillTarget } from './killTarget';
import { OutsideKill, OutsideKills } from './OutsideKills';
import { overwrittenLeases } from './overwrittenLeases';
import { BoundaryPolicies, BoundaryPolicy } from './types';

/** How often the document is built again because others closed leases meanwhile. */
const MAX_ROUNDS = 5;

/** A boundary policy, and the roles that carry it. */
export type Boundary = Extract<KillTarget, { type: 'boundary' }>;

/** What a boundary policy holds before it is put right. */
export interface FoundDocument {
  /** Parsed; undefined where it could not be read as JSON. */
  document: unknown;
  /** Leases that it had to deny, by the database before and after it was read. */
  wanted: LeaseRow[];
  /** What it denied without the portal's doing. */
  outside: OutsideKill;
}

/**
 * Puts boundary policies into place as the database wants them: the only writer
 * of their documents.
 */
export class BoundaryEnforcer {
  private readonly locks = new KeyedLock();

  constructor(
    private readonly deps: {
      database: Database;
      boundaries: BoundaryPolicies;
      outsideKills: OutsideKills;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /**
   * Builds the boundary from the database and puts it into place. IAM has no
   * compare-and-set, so this process does it one at a time per policy, and
   * afterwards looks whether both sides still say the same: another replica
   * may have written an older view, or closed a lease, meanwhile. What others
   * wrote between our read and our write is found by its version, and what it
   * denied is put back: by this attempt, or by the next one that gets as far as
   * looking at the versions that IAM has. Whoever writes last checks last, and a replica that dies
   * in between leaves its message undelivered, so the last word is always the
   * database's.
   * @param onDifference - told before the first write of what was there instead, and of what others wrote meanwhile
   * @throws Error with a stable code while AWS does not follow, BoundaryFullError
   */
  async enforce(
    target: Boundary,
    onDifference: (found: FoundDocument) => Promise<void> = async () => {},
  ): Promise<void> {
    await this.locks.run(target.boundary.policyArn, async () => {
      const policy = await this.deps.boundaries.open(target.boundary);
      const before = await this.live(target);
      const found = await policy.read();
      let outside = await this.deps.outsideKills.follow(target, [
        ...deniedLeases(found),
        ...(await this.overwritten(target, policy)),
      ]);
      const wanted = await this.live(target);
      const right = isSame(found, this.document(target, wanted, outside));
      if (!right || outside.revoked.length > 0) {
        await onDifference({
          document: found,
          wanted: inBoth(before, wanted),
          outside,
        });
      }
      if (right) {
        return;
      }
      let last = found;
      for (let round = 1; round <= MAX_ROUNDS; round++) {
        const live = await this.live(target);
        const written = this.document(target, live, outside);
        const overwritten = await policy.replace(written);
        const after = await policy.read();
        // A read may also show what was there before our write.
        const isNew =
          !isSame(after, written) && !isDeepStrictEqual(after, last);
        const isKnown = overwritten.some(each =>
          isDeepStrictEqual(each, after),
        );
        const others =
          isNew && !isKnown ? [...overwritten, after] : overwritten;
        last = after;
        for (const document of others) {
          const denied = await this.deps.outsideKills.follow(
            target,
            deniedLeases(document),
          );
          outside = both(outside, denied);
          await onDifference({ document, wanted: live, outside: denied });
        }
        const now = await this.live(target);
        if (isSame(after, this.document(target, now, outside))) {
          return;
        }
      }
      throw new Error(
        `The kill policy ${target.boundary.policyArn} is being changed by somebody else. It is tried again.`,
      );
    });
  }

  /** Leases whose deny an earlier write of ours took out. No kill waits for it: the next look finds them, too. */
  private async overwritten(
    { boundary: { policyArn } }: Boundary,
    policy: BoundaryPolicy,
  ): Promise<string[]> {
    try {
      return overwrittenLeases(await policy.history());
    } catch (error) {
      this.deps.logger.warn(
        `The earlier versions of ${policyArn} could not be read; they are read again at the next look: ${error}`,
      );
      return [];
    }
  }

  /** Closed leases under the boundary whose credentials may still live. */
  private async live(target: Boundary): Promise<LeaseRow[]> {
    const now = this.deps.clock.now();
    const { leases } = this.deps.database;
    // By role, and by policy: roles that left the configuration are named by their leases alone.
    const found = await Promise.all([
      leases.killableUnder(target.boundary.policyArn, now),
      ...target.roleArns.map(arn => leases.killable(arn, now)),
    ]);
    return [...new Map(found.flat().map(row => [row.id, row])).values()];
  }

  /** The kills of the database come first where not all have room. */
  private document(
    { boundary: { policyArn } }: Boundary,
    wanted: LeaseRow[],
    { kept }: OutsideKill,
  ): string {
    const ids = new Set(wanted.map(({ id }) => id));
    const left = kept.filter(id => {
      const fits = ids.has(id) || hasRoom([...ids, id]);
      if (fits) {
        ids.add(id);
      }
      return !fits;
    });
    if (left.length > 0) {
      this.deps.logger.error(
        `${policyArn} has no room for what others deny there: ${left.join(
          ', ',
        )}`,
      );
    }
    try {
      return boundaryDocument(ids);
    } catch (error) {
      if (error instanceof BoundaryFullError) {
        this.deps.logger.error(`${policyArn}: ${error.message}`);
      }
      throw error;
    }
  }
}

function both(one: OutsideKill, other: OutsideKill): OutsideKill {
  return {
    revoked: [...new Set([...one.revoked, ...other.revoked])],
    kept: [...new Set([...one.kept, ...other.kept])],
  };
}

function inBoth(before: LeaseRow[], after: LeaseRow[]): LeaseRow[] {
  const ids = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => ids.has(id));
}

function isSame(document: unknown, text: string): boolean {
  return isDeepStrictEqual(document, JSON.parse(text));
}
