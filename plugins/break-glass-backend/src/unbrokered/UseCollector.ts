import { LoggerService } from '@backstage/backend-plugin-api';
import { ActivityEvent } from 'backstage-plugin-break-glass-common';
import {
  ActivityCoverage,
  ActivityQuery,
  ActivitySource,
  Clock,
} from 'backstage-plugin-break-glass-node';
import { AttributedRecord } from '../activity/attribute';
import { redact } from '../activity/redact';
import { BreakGlassConfig } from '../config/types';
import { Database, Millis, UnbrokeredRow } from '../database/types';
import { safeWords } from '../outbox/safeWords';
import { classifyUse } from './classifyUse';
import { eventsOfUse, UseRecords } from './eventsOfUse';
import { useSignal } from './useMessages';
import { NOT_ALL_KEPT, NOT_ALL_READ, withNote } from './useWords';

const MINUTE = 60_000;
/** Uses that one run looks at. */
const BATCH = 20;
/** A look that takes longer has failed. */
const LONGEST_LOOK: Millis = 3 * MINUTE;
/** Nobody else looks meanwhile; after it, one that crashed is made up for. */
const CLAIM: Millis = 5 * MINUTE;
/** Events of one use that are kept; the first count. */
const MOST_EVENTS = 10_000;

/** What collecting needs. */
export interface UseCollectorDependencies {
  config: BreakGlassConfig;
  database: Database;
  clock: Clock;
  logger: LoggerService;
  source: ActivitySource;
  wake: () => void;
  /** Events of one use that are kept; 10,000 unless told. */
  mostEvents?: number;
}

/** Collects what was done in unbrokered uses, until there can be no more. Two replicas never make the same look. */
export class UseCollector {
  constructor(private readonly deps: UseCollectorDependencies) {}

  /** Looks at the uses that are due. One that fails keeps no other waiting. @returns how many were looked at. */
  async collectDue(signal: AbortSignal): Promise<number> {
    const { database, clock, logger } = this.deps;
    const due = await database.unbrokered.collectDue(clock.now(), BATCH);
    let count = 0;
    for (const use of due) {
      if (signal.aborted) {
        break;
      }
      try {
        count += Number(await this.lookIfDue(use, signal));
      } catch (error) {
        logger.warn(
          `What was done in the unbrokered use ${
            use.id
          } was not collected, and is tried again: ${safeWords(error)}`,
        );
      }
    }
    return count;
  }

  private async lookIfDue(
    use: UnbrokeredRow,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { database, clock } = this.deps;
    const claimed = clock.now() + CLAIM;
    const dueAt = use.collectDueAt!;
    if (!(await database.unbrokered.collectAgain(use.id, dueAt, claimed))) {
      return false;
    }
    const { records, whole } = await this.search(use, signal);
    const most = this.deps.mostEvents ?? MOST_EVENTS;
    const events = await classifyUse(use, firstOf(records, most));
    const next = this.nextLook(records.endsAt, whole);
    const notes = [
      ...(next === undefined && !whole ? [NOT_ALL_READ] : []),
      ...(records.events.length > most ? [NOT_ALL_KEPT] : []),
    ];
    await this.store(use, events, notes);
    await database.unbrokered.collectAgain(use.id, claimed, next);
    return true;
  }

  private async search(
    use: UnbrokeredRow,
    signal: AbortSignal,
  ): Promise<{ records: UseRecords; whole: boolean }> {
    const limit = AbortSignal.timeout(LONGEST_LOOK);
    const result = await this.deps.source.search(
      {
        ...queryFor(use, this.deps.clock.now()),
        maxRecords: this.deps.config.review.maxRecordsPerLook,
      },
      { signal: AbortSignal.any([signal, limit]) },
    );
    return {
      records: eventsOfUse(result.records.map(redact), use),
      whole: isWhole(result.coverage),
    };
  }

  /** New calls, and new words, make a new version: a verdict on less is refused. */
  private async store(
    use: UnbrokeredRow,
    events: ActivityEvent[],
    notes: string[],
  ) {
    const { database, clock, wake } = this.deps;
    const stored = await database.transaction(async stores => {
      await stores.unbrokered.addEvents(use.id, events);
      const { total } = await stores.unbrokered.events(use.id, { limit: 1 });
      const row = await stores.unbrokered.get(use.id);
      const words = row && notes.reduce(withNote, row.words);
      if (!row || (row.eventCount === total && row.words === words)) {
        return false;
      }
      const { id, version } = row;
      const change = { eventCount: total, words };
      if (!(await stores.unbrokered.update(id, version, change))) {
        throw new Error('it was changed at the same moment');
      }
      await stores.outbox.enqueue([useSignal(id)], clock.now());
      return true;
    });
    if (stored) {
      wake();
    }
  }

  /** Until the logs have settled after the last end; what cannot be read is tried as long again. */
  private nextLook(endsAt: Millis, whole: boolean): Millis | undefined {
    const { clock, config } = this.deps;
    const now = clock.now();
    const settled = endsAt + config.review.settlingMinutes * MINUTE;
    const last = whole ? settled : settled + (settled - endsAt);
    const next = now + config.unbrokered.lookEveryMinutes * MINUTE;
    return now >= last ? undefined : Math.min(next, last);
  }
}

/** Whether everything was read, and there was something to read: silence is no answer. */
function isWhole(coverage: ActivityCoverage): boolean {
  const { unreadable, regions, truncated } = coverage;
  return !truncated && unreadable.length === 0 && regions.length > 0;
}

/** The first count, in the order of time and id. */
function firstOf({ events }: UseRecords, most: number): AttributedRecord[] {
  return [...events]
    .sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1))
    .slice(0, most);
}

/** A user's calls are found by the end of their ARN, as a session's are. */
function queryFor(use: UnbrokeredRow, now: Millis): ActivityQuery {
  const { partition, accountId, principal, accessKeyIds, at } = use;
  const name = use.sessionName ?? principal.split(/[/:]/).pop()!;
  return {
    partition,
    accountId,
    roleArn: use.roleArn ?? principal,
    sessionName: name,
    accessKeyIds,
    from: at - 5 * MINUTE,
    to: Math.max(now, at) + 1,
  };
}
