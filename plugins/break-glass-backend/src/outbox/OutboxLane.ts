import { Millis, OutboxRow } from '../database/types';

/** Bounds one run; what remains is delivered by the next. */
const MOST_PER_RUN = 1_000;
/** Beside messages that take long, others become due again. */
const LOOK_AGAIN: Millis = 10_000;

/** Options of {@link OutboxLane}. */
export interface OutboxLaneOptions {
  concurrency: number;
  claim: (limit: number) => Promise<OutboxRow[]>;
  /** Never throws. */
  handle: (row: OutboxRow, stop: AbortSignal) => Promise<void>;
}

/** Works off the messages of one lane, a few at a time. */
export class OutboxLane {
  private running?: Promise<void>;
  private again = false;
  private wake = () => {};

  constructor(private readonly options: OutboxLaneOptions) {}

  /**
   * Delivers what is due. Runs never overlap: a call during a run makes it look
   * once more, at once where a place is free, and waits for it.
   * @throws where the database cannot be reached.
   */
  deliver(stop: AbortSignal): Promise<void> {
    if (this.running) {
      this.again = true;
      this.wake();
      return this.running;
    }
    this.running = this.runs(stop);
    return this.running;
  }

  /** Waits for what is running. Never throws. */
  async settled(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  /** Runs once more for a call that came too late for the last look: none is forgotten between it and the end. */
  private async runs(stop: AbortSignal): Promise<void> {
    try {
      do {
        await this.run(stop);
      } while (this.again && !stop.aborted);
    } finally {
      this.running = undefined;
    }
  }

  /** Fills free places as they come, so that a slow message delays no other. */
  private async run(stop: AbortSignal): Promise<void> {
    const { concurrency, handle } = this.options;
    const busy = new Set<Promise<void>>();
    let taken = 0;
    try {
      do {
        this.again = false;
        const free = Math.min(concurrency - busy.size, MOST_PER_RUN - taken);
        const rows = free > 0 ? await this.options.claim(free) : [];
        taken += rows.length;
        // Fewer than there was room for: nothing else is due before somebody says so.
        const all = rows.length < free;
        for (const row of rows) {
          const work = handle(row, stop).finally(() => busy.delete(work));
          busy.add(work);
        }
        while (busy.size > 0 && !this.again && !stop.aborted) {
          await this.changed(busy);
          this.again ||= !all;
        }
      } while (this.again && !stop.aborted && taken < MOST_PER_RUN);
    } finally {
      // From here on, it is a call that came after the last look.
      this.again = false;
      await Promise.allSettled(busy);
    }
  }

  /** Waits for a free place, a call, or the time at which a retry may be due. */
  private async changed(busy: Set<Promise<void>>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const asked = new Promise<void>(resolve => {
      this.wake = resolve;
      timer = setTimeout(() => {
        this.again = true;
        resolve();
      }, LOOK_AGAIN);
    });
    await Promise.race([...busy, asked]);
    clearTimeout(timer);
  }
}
