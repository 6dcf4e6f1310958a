import { LoggerService } from '@backstage/backend-plugin-api';
import { ActivitySource, Clock } from 'backstage-plugin-break-glass-node';
import { AuditLog } from '../audit';
import { BreakGlassConfig } from '../config/types';
import {
  Database,
  EvidenceRow,
  LeaseRow,
  Millis,
  Stores,
} from '../database/types';
import { conflictError } from '../errors';
import { classify } from './classify';
import { emptyEvidence } from './evidence';
import { Gathered } from './gather';
import { gatherFor } from './gatherFor';
import { isScannedOut, scanLimitError } from './scanLimit';
import { RuleSet } from './sensitive';
import { Look, OnUnbrokered, writeLook } from './writeLook';

const MINUTE = 60_000;
/** Nobody else looks by schedule meanwhile; after it, one that crashed is made up for. */
const CLAIM: Millis = 5 * MINUTE;
/** People may ask to look again this often. */
export const AGAIN_AFTER: Millis = 10_000;
/** Leases that one run takes up. */
const BATCH = 20;
/** How often writing is tried again where somebody else changed the lease. */
const MAX_ROUNDS = 5;

/** What collecting needs. */
export interface CollectorDependencies {
  config: BreakGlassConfig;
  database: Database;
  audit: AuditLog;
  clock: Clock;
  logger: LoggerService;
  source: ActivitySource;
  /** Tells the outbox that there is something to deliver. */
  wake: () => void;
  onUnbrokered?: OnUnbrokered;
  /** What marks sensitive events, where not the rules that come with the plugin alone. */
  rules?: RuleSet;
}

type Wanted = (
  lease: LeaseRow,
  evidence: EvidenceRow | undefined,
  now: Millis,
) => boolean;

/**
 * Collects the activity of leases: claims a look, asks the source, attributes,
 * and writes events, evidence and the state of the review in one transaction. A
 * look can be repeated, and given up at any point; two replicas never make the
 * same one.
 */
export class ActivityCollector {
  constructor(private readonly deps: CollectorDependencies) {}

  /** Looks at the leases that are due. One that fails keeps no other waiting. @returns how many were looked at. */
  async collectDue(signal: AbortSignal): Promise<number> {
    const { database, clock, logger } = this.deps;
    const due = await database.leases.collectDue(clock.now(), BATCH);
    let count = 0;
    for (const { id } of due) {
      if (signal.aborted) {
        break;
      }
      try {
        count += Number(await this.lookIfDue(id, signal));
      } catch (error) {
        logger.error(`Activity of lease ${id} was not collected: ${error}`);
      }
    }
    return count;
  }

  /**
   * Looks at one lease if it is due and nobody else does. A source that is down
   * is no error: the evidence says so, and the next look is scheduled.
   */
  async collect(leaseId: string, signal?: AbortSignal): Promise<void> {
    await this.lookIfDue(leaseId, signal);
  }

  /**
   * Looks now, because a person asked. Evidence that a verdict froze is left alone.
   * @returns whether the logs could be read.
   * @throws ConflictError `rate-limited` where somebody looked seconds ago,
   *   `scan-limit` where as much was read for the lease as may be.
   */
  async collectNow(leaseId: string): Promise<boolean> {
    const { review } = this.deps.config;
    let frozen = false;
    let scannedOut = false;
    const look = await this.claim(leaseId, (_, evidence, now) => {
      frozen = evidence?.frozenAt !== undefined;
      scannedOut = isScannedOut(review, evidence);
      const recent = now - (evidence?.lastLookAt ?? 0) < AGAIN_AFTER;
      return !frozen && !scannedOut && !recent;
    });
    if (look) {
      return this.look(look);
    }
    if (frozen) {
      return true;
    }
    if (scannedOut) {
      throw scanLimitError(review);
    }
    throw conflictError(
      'rate-limited',
      'Somebody looked a few seconds ago. Look again in a moment.',
    );
  }

  private async lookIfDue(
    leaseId: string,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const look = await this.claim(
      leaseId,
      (lease, _, now) =>
        lease.reviewState === 'collecting' &&
        (lease.collectDueAt ?? now) <= now,
    );
    if (look) {
      await this.look(look, signal);
    }
    return look !== undefined;
  }

  /** Takes a look for this caller alone: the check is in the write. */
  private async claim(
    leaseId: string,
    wanted: Wanted,
  ): Promise<Look | undefined> {
    const now = this.deps.clock.now();
    return this.deps.database.transaction(async stores => {
      const lease = await stores.leases.get(leaseId);
      const evidence = await stores.evidence.get(leaseId);
      if (!lease || !wanted(lease, evidence, now)) {
        return undefined;
      }
      if (!(await reserve(stores, lease, now))) {
        return undefined;
      }
      const sessions = await stores.sessions.ofLeases([leaseId]);
      const before =
        evidence ??
        (await emptyEvidence(lease, sessions, this.deps.config.review, now));
      const token = Math.max(now, before.lastLookAt + 1);
      const put = await stores.evidence.put({ ...before, lastLookAt: token });
      const mayAsk = !isScannedOut(this.deps.config.review, before);
      return put ? { lease, sessions, token, mayAsk } : undefined;
    });
  }

  private async look(look: Look, signal?: AbortSignal): Promise<boolean> {
    const { database, clock, source } = this.deps;
    const gathered = look.mayAsk ? await this.gather(look, signal) : undefined;
    const attributed = gathered?.attribution.events ?? [];
    const events = await classify(this.deps, look.lease, attributed);
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const outcome = { gathered, events, source: source.title };
      const written = await database.transaction(stores =>
        writeLook(stores, this.deps, look, { ...outcome, now: clock.now() }),
      );
      if (written) {
        break;
      }
    }
    this.deps.wake();
    return gathered !== undefined;
  }

  /** @returns undefined where the source could not be read. */
  private async gather(
    { lease, sessions }: Look,
    signal?: AbortSignal,
  ): Promise<Gathered | undefined> {
    const { source, logger } = this.deps;
    try {
      return await gatherFor(this.deps, lease, sessions, signal);
    } catch (error) {
      signal?.throwIfAborted();
      logger.warn(
        `The logs of lease ${lease.id} could not be read by ${source.id}: ${error}`,
      );
      return undefined;
    }
  }
}

/**
 * Keeps others from looking by schedule. A lease that is not in review is left
 * alone: its version is for those who issue and end.
 */
async function reserve(
  stores: Stores,
  lease: LeaseRow,
  now: Millis,
): Promise<boolean> {
  switch (lease.reviewState) {
    case 'collecting':
      return stores.leases.update(lease.id, lease.version, {
        collectDueAt: now + CLAIM,
      });
    case 'open':
      return stores.leases.update(lease.id, lease.version, {
        collectDueAt: undefined,
      });
    default:
      return true;
  }
}
