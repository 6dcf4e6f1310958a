import { Clock } from '../Clock';

/**
 * A value whose changes are stored at once and take effect after a delay, as rules in AWS do.
 * What existed at the start is in effect from the start.
 */
export class Propagated<T> {
  private history: { value: T; effectiveAt: number }[];

  constructor(
    initial: T,
    private readonly clock: Clock,
    private readonly delayMs: number,
  ) {
    this.history = [{ value: initial, effectiveAt: -Infinity }];
  }

  /** The newest value: what reading back shows. */
  get stored(): T {
    return this.history[this.history.length - 1].value;
  }

  /** The value that decides now. */
  get effective(): T {
    this.forgetPast();
    return this.history[0].value;
  }

  /** Stores a value; it decides from `delayMs` later on. */
  set(value: T): void {
    this.history.push({
      value,
      effectiveAt: this.clock.now() + this.delayMs,
    });
    this.forgetPast();
  }

  private forgetPast(): void {
    const now = this.clock.now();
    while (this.history.length > 1 && this.history[1].effectiveAt <= now) {
      this.history.shift();
    }
  }
}
