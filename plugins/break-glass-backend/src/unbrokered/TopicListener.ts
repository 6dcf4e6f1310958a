import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import { redact } from '../activity/redact';
import { AuditLog } from '../audit';
import { Database, Millis } from '../database/types';
import { safeWords } from '../outbox/safeWords';
import { mayBeBeingIssued } from './beingIssued';
import { HourlyCap } from './HourlyCap';
import { Candidate, unexplained } from './judgeUses';
import { observe } from './observe';
import { MalformedMessage, recordInMessage } from './topicMessage';
import { UseRecorder } from './UseRecorder';
import { WatchedAccounts } from './WatchedAccounts';

/** Uses that events may add in one hour, to one replica. What is above comes with the logs. */
export const MOST_PER_HOUR = 100;
/** A message that cannot be read is told of this often. */
const TOLD_EVERY: Millis = 60_000;

/** What listening needs. */
export interface TopicDependencies {
  database: Database;
  audit: AuditLog;
  clock: Clock;
  logger: LoggerService;
  accounts: WatchedAccounts;
  recorder: UseRecorder;
  wake: () => void;
}

/**
 * Takes CloudTrail events from the portal's events system, which anybody may
 * have put there: a hint that is shown as reported until the logs bear it out.
 * It never throws: what is missed here is found in the logs.
 */
export class TopicListener {
  private readonly cap = new HourlyCap(MOST_PER_HOUR);
  private toldAt = -Infinity;

  constructor(private readonly deps: TopicDependencies) {}

  /** @param payload - of one event, as it arrived */
  async onEvent(payload: unknown): Promise<void> {
    const now = this.deps.clock.now();
    try {
      const candidate = await this.candidateIn(payload, now);
      if (candidate) {
        await this.report(candidate, now);
      }
    } catch (error) {
      this.tell(
        now,
        error instanceof MalformedMessage
          ? `A message on the topic of unbrokered uses ${error.message}; it was dropped.`
          : `A message on the topic of unbrokered uses was not worked off, the logs will tell: ${safeWords(
              error,
            )}`,
      );
    }
  }

  private async candidateIn(
    payload: unknown,
    now: Millis,
  ): Promise<Candidate | undefined> {
    const record = recordInMessage(payload, now);
    const use = record && observe(redact(record));
    // Whose session a sign-in was made with tells the record of its AssumeRole,
    // which has an event of its own.
    if (!use || (use.kind === 'console-sign-in' && use.session)) {
      return undefined;
    }
    const watched = (await this.deps.accounts.lately()).find(use);
    return watched && { use, watched };
  }

  private async report(candidate: Candidate, now: Millis): Promise<void> {
    const { database, recorder, wake } = this.deps;
    const [found] = await unexplained(database, [candidate]);
    if (!found || (await mayBeBeingIssued(database, found, now))) {
      return;
    }
    const known = await recorder.isKnown(database, found);
    if (!known && !(await this.isFree(now))) {
      return;
    }
    await database.transaction(stores =>
      recorder.record(stores, found, { via: 'topic', now }),
    );
    wake();
  }

  private async isFree(now: Millis): Promise<boolean> {
    const room = this.cap.take(now);
    if (room === 'first-over') {
      await this.deps.database.transaction(stores =>
        this.deps.audit.record(stores, {
          at: now,
          actor: 'system',
          action: 'unbrokered.topic-capped',
          outcome: 'refused',
          code: 'rate-limited',
          details: {
            message: `More than ${MOST_PER_HOUR} uses were reported by events in this hour; the others come with the logs`,
          },
        }),
      );
      this.deps.logger.warn(
        `More than ${MOST_PER_HOUR} unbrokered uses were reported by events in this hour. Further ones are left to the logs.`,
      );
    }
    return room === 'free';
  }

  private tell(now: Millis, words: string): void {
    if (now - this.toldAt >= TOLD_EVERY) {
      this.toldAt = now;
      this.deps.logger.warn(words);
    }
  }
}
