import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import {
  Millis,
  OutboxMessage,
  OutboxRow,
  OutboxStore,
} from '../database/types';
import { backOff } from './backOff';
import { LaneName, LaneOptions, LANES } from './lanes';
import { OutboxLane } from './OutboxLane';
import { safeWords } from './safeWords';

/** Delivers one message; throwing means that it was not delivered. */
export type OutboxHandler<Kind extends OutboxMessage['kind']> = (
  message: Extract<OutboxMessage, { kind: Kind }>,
  row: OutboxRow,
  signal: AbortSignal,
) => Promise<void>;

/** One handler for every kind of message. */
export type OutboxHandlers = {
  [Kind in OutboxMessage['kind']]: OutboxHandler<Kind>;
};

/** Kinds that are tried until they succeed; the others are given up. */
const NEVER_GIVEN_UP: ReadonlySet<OutboxMessage['kind']> = new Set([
  'panic',
  'kill',
  'collect',
]);
const MOST_ATTEMPTS = 10;
const CLAIM: Millis = 5 * 60_000;
/** A handler that takes longer has failed; its claim still stands then. */
const PATIENCE: Millis = 4 * 60_000;

/** Options of {@link OutboxWorker}. */
export interface OutboxWorkerOptions {
  outbox: OutboxStore;
  handlers: OutboxHandlers;
  clock: Clock;
  logger: LoggerService;
  /** From 0 to 1. */
  random?: () => number;
}

/** Delivers the messages of the outbox, each by the handler of its kind. */
export class OutboxWorker {
  private readonly stopping = new AbortController();
  private readonly lanes: Record<LaneName, OutboxLane>;

  constructor(private readonly options: OutboxWorkerOptions) {
    this.lanes = {
      kills: this.lane(LANES.kills),
      collects: this.lane(LANES.collects),
      words: this.lane(LANES.words),
    };
  }

  /**
   * Delivers what is due in one lane, or in all. Runs of a lane in one process
   * never overlap: a call during a run makes it look once more, and waits for
   * it. For scheduled tasks.
   * @throws where the database cannot be reached.
   */
  async deliver(
    signal: AbortSignal = this.stopping.signal,
    lane?: LaneName,
  ): Promise<void> {
    if (this.stopping.signal.aborted) {
      return;
    }
    const stop = AbortSignal.any([signal, this.stopping.signal]);
    const lanes = lane ? [this.lanes[lane]] : Object.values(this.lanes);
    const runs = await Promise.allSettled(
      lanes.map(each => each.deliver(stop)),
    );
    const failed = runs.find(run => run.status === 'rejected');
    if (failed) {
      throw (failed as PromiseRejectedResult).reason;
    }
  }

  /** Delivers right after a commit, without the caller waiting or failing. */
  poke(): void {
    this.deliver().catch(error => {
      this.options.logger.warn(
        `The outbox could not be read; it is tried again: ${safeWords(error)}`,
      );
    });
  }

  /** Claims nothing more, tells the handlers to stop, and waits for them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(Object.values(this.lanes).map(lane => lane.settled()));
  }

  private lane({ kinds, concurrency }: LaneOptions): OutboxLane {
    return new OutboxLane({
      concurrency,
      claim: limit => {
        const { outbox, clock } = this.options;
        return outbox.claim(clock.now(), limit, CLAIM, kinds);
      },
      handle: (row, stop) => this.handle(row, stop),
    });
  }

  /** Never throws: what cannot even be marked comes back when its claim ends. */
  private async handle(row: OutboxRow, stop: AbortSignal): Promise<void> {
    const { outbox, clock, logger } = this.options;
    try {
      const error = await this.callHandler(row, stop).then(
        () => undefined,
        reason => reason ?? new Error('The handler failed without a reason'),
      );
      if (error) {
        await this.fail(row, error);
      } else {
        // Only now: a message counts as delivered after it was (pitfall 24).
        await outbox.delivered(row.id, clock.now());
      }
    } catch (error) {
      logger.error(
        `Message ${row.id} of the outbox could not be marked: ${safeWords(
          error,
        )}`,
      );
    }
  }

  private async callHandler(row: OutboxRow, stop: AbortSignal): Promise<void> {
    const { kind } = row.message;
    const handler = this.options.handlers[kind] as
      | OutboxHandler<typeof kind>
      | undefined;
    if (!handler) {
      throw new Error(`No handler delivers messages of kind ${kind}`);
    }
    const patience = AbortSignal.timeout(PATIENCE);
    const signal = AbortSignal.any([stop, patience]);
    await Promise.race([
      handler(row.message as never, row, signal),
      new Promise((_, reject) => {
        patience.addEventListener('abort', () => reject(patience.reason), {
          once: true,
        });
      }),
    ]);
  }

  private async fail(row: OutboxRow, error: unknown): Promise<void> {
    const { outbox, clock, logger, random = Math.random } = this.options;
    const { kind } = row.message;
    const words = safeWords(error);
    const now = clock.now();
    if (row.attempts >= MOST_ATTEMPTS && !NEVER_GIVEN_UP.has(kind)) {
      await outbox.abandoned(row.id, words, now);
      logger.error(`Gave up on ${kind} message ${row.id}: ${words}`);
      return;
    }
    const retryAt = now + backOff(row.attempts, random());
    await outbox.failed(row.id, words, retryAt);
    logger.warn(`A ${kind} message failed and is tried again: ${words}`);
  }
}
