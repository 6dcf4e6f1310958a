import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-break-glass-node';
import {
  Millis,
  OutboxMessage,
  OutboxRow,
  OutboxStore,
} from '../database/types';
import { backOff } from './backOff';
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
  'kill',
  'collect',
]);
const MOST_ATTEMPTS = 10;
const CONCURRENCY = 4;
/** Bounds one run; what remains is delivered by the next. */
const MOST_PER_RUN = 1_000;
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
  private running?: Promise<void>;
  private again = false;
  private readonly stopping = new AbortController();

  constructor(private readonly options: OutboxWorkerOptions) {}

  /**
   * Delivers what is due. Runs in one process never overlap: a call during a
   * run makes it look once more, and waits for it. For a scheduled task.
   * @throws where the database cannot be reached.
   */
  deliver(signal: AbortSignal = this.stopping.signal): Promise<void> {
    if (this.stopping.signal.aborted) {
      return Promise.resolve();
    }
    if (this.running) {
      this.again = true;
      return this.running;
    }
    const stop = AbortSignal.any([signal, this.stopping.signal]);
    this.running = this.runUntilQuiet(stop).finally(() => {
      this.running = undefined;
    });
    return this.running;
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
    await this.running?.catch(() => undefined);
  }

  private async runUntilQuiet(stop: AbortSignal): Promise<void> {
    let taken = 0;
    do {
      this.again = false;
      taken += await this.run(stop, MOST_PER_RUN - taken);
    } while (this.again && !stop.aborted && taken < MOST_PER_RUN);
  }

  /** Fills free places as they come, so that a slow message delays no other. */
  private async run(stop: AbortSignal, most: number): Promise<number> {
    const busy = new Set<Promise<void>>();
    let taken = 0;
    try {
      while (!stop.aborted && taken < most) {
        const rows = await this.claim(
          Math.min(CONCURRENCY - busy.size, most - taken),
        );
        taken += rows.length;
        for (const row of rows) {
          const work = this.handle(row, stop).finally(() => busy.delete(work));
          busy.add(work);
        }
        if (busy.size === 0) {
          break;
        }
        await Promise.race(busy);
      }
    } finally {
      await Promise.allSettled(busy);
    }
    return taken;
  }

  private claim(limit: number): Promise<OutboxRow[]> {
    const { outbox, clock } = this.options;
    return limit > 0
      ? outbox.claim(clock.now(), limit, CLAIM)
      : Promise.resolve([]);
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
