import { LoggerService } from '@backstage/backend-plugin-api';
import { Partition } from 'backstage-plugin-break-glass-common';
import { ActivitySource, Clock } from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from '../config/types';
import { Database, Millis } from '../database/types';
import { safeWords } from '../outbox/safeWords';
import { findUses, FoundUses } from './findUses';
import { UnexplainedUse, unexplained } from './judgeUses';
import { markUnconfirmed } from './markUnconfirmed';
import { OLDEST_EVENT } from './topicMessage';
import { OUR_LONGEST_SESSION, signInTiming } from './signInTiming';
import { alarmFor, UseRecorder } from './UseRecorder';
import { WatchedAccounts } from './WatchedAccounts';
import { WatchList } from './WatchList';

const MINUTE = 60_000;
/** A scan that takes longer has failed. */
const LONGEST_SCAN: Millis = 10 * MINUTE;
/** Nobody else scans meanwhile; after it, one that crashed is made up for. */
const CLAIM: Millis = 12 * MINUTE;
/** The next scan may begin this much before it is due: schedules are not exact. */
const EARLY = MINUTE / 2;

/** What scanning needs. */
export interface ScanDependencies {
  config: BreakGlassConfig;
  database: Database;
  clock: Clock;
  logger: LoggerService;
  source: ActivitySource;
  accounts: WatchedAccounts;
  recorder: UseRecorder;
  /** Tells the outbox that there is something to deliver. */
  wake: () => void;
}

/** The time of one scan, and how it was claimed. */
interface Claimed {
  name: string;
  partition: Partition;
  claimedUntil: Millis;
  /** Up to here everything was looked through before. */
  scannedTo: Millis;
  from: Millis;
  now: Millis;
}

/**
 * Looks through the logs of all accounts for uses that no session of ours
 * explains. Each scan begins before the end of the last, for files that came
 * late, and moves on only past what was read whole, and spoke. Two replicas never make the
 * same one; one that crashed is made again.
 */
export class UnbrokeredScan {
  constructor(private readonly deps: ScanDependencies) {}

  /** Scans every partition that is due. One that fails keeps no other waiting. @returns how many uses were new. */
  async run(signal: AbortSignal): Promise<number> {
    const watchList = await this.deps.accounts.read();
    let count = 0;
    for (const partition of watchList.partitions()) {
      const claimed = signal.aborted ? undefined : await this.claim(partition);
      if (claimed) {
        count += await this.scan(watchList, claimed, signal);
      }
    }
    return count;
  }

  private async claim(partition: Partition): Promise<Claimed | undefined> {
    const { database, clock, config } = this.deps;
    const now = clock.now();
    const name = `logs:${partition}`;
    const claimedUntil = now + CLAIM;
    const claim = await database.unbrokered.claimScan(name, now, claimedUntil);
    if (!claim) {
      return undefined;
    }
    const lookBack = config.unbrokered.lookBackMinutes * MINUTE;
    const scannedTo = claim.scannedTo ?? now - lookBack;
    const from = scannedTo - this.settling() - OUR_LONGEST_SESSION;
    return { name, partition, claimedUntil, scannedTo, from, now };
  }

  private async scan(
    watchList: WatchList,
    claimed: Claimed,
    signal: AbortSignal,
  ): Promise<number> {
    const { logger } = this.deps;
    const { partition, from, now } = claimed;
    const limit = AbortSignal.timeout(LONGEST_SCAN);
    try {
      const found = await findUses(
        this.deps.source,
        watchList,
        partition,
        { from, to: now },
        AbortSignal.any([signal, limit]),
      );
      const count = await this.recordAll(found, claimed);
      await this.end(claimed, found);
      return count;
    } catch (error) {
      const words = safeWords(error);
      logger.warn(
        `The logs of ${partition} were not looked through for unbrokered use: ${words}`,
      );
      await this.end(claimed, {
        candidates: [],
        heard: false,
        problem: `The last look failed, and is tried again: ${words}.`,
      });
      return 0;
    }
  }

  private async recordAll(
    { candidates }: FoundUses,
    claimed: Claimed,
  ): Promise<number> {
    const { database, wake } = this.deps;
    const judged = candidates.filter(
      ({ use }) =>
        signInTiming(use, { ...claimed, settling: this.settling() }) ===
        'judge',
    );
    let count = 0;
    for (const use of await unexplained(database, judged)) {
      count += Number(await this.record(use, claimed, count));
    }
    if (count > 0) {
      wake();
    }
    return count;
  }

  private async record(
    use: UnexplainedUse,
    { now }: Claimed,
    newSoFar: number,
  ): Promise<boolean> {
    const alarm = alarmFor(newSoFar);
    const recorded = await this.deps.database.transaction(stores =>
      this.deps.recorder.record(stores, use, { via: 'search', now, alarm }),
    );
    return recorded === 'new';
  }

  /**
   * Moves on past what was read whole, and lets nobody scan again before it is
   * due. Silence was not read: a trail that was down may deliver all of it yet.
   */
  private async end(claimed: Claimed, found: FoundUses): Promise<void> {
    const { database, config, clock } = this.deps;
    const { name, claimedUntil, scannedTo, now } = claimed;
    const whole = found.problem === undefined;
    await database.unbrokered.endScan(name, claimedUntil, {
      scannedTo: whole && found.heard ? now : scannedTo,
      nextAt: now + config.unbrokered.lookEveryMinutes * MINUTE - EARLY,
      problem: found.problem ?? found.silence,
    });
    if (whole && !found.silence) {
      await markUnconfirmed(database, {
        partition: claimed.partition,
        since: Math.min(claimed.from, now - OLDEST_EVENT),
        before: now - this.settling(),
        now: clock.now(),
      });
    }
  }

  private settling(): Millis {
    return this.deps.config.review.settlingMinutes * MINUTE;
  }
}
