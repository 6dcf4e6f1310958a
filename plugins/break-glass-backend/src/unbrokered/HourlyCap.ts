import { Millis } from '../database/types';

const HOUR: Millis = 60 * 60_000;

/** Counts in one process and one hour. */
export class HourlyCap {
  private hour = NaN;
  private count = 0;

  constructor(private readonly most: number) {}

  /** Takes one. @returns `first-over` once an hour, where the cap is reached. */
  take(now: Millis): 'free' | 'first-over' | 'over' {
    const hour = Math.floor(now / HOUR);
    if (hour !== this.hour) {
      this.hour = hour;
      this.count = 0;
    }
    this.count += 1;
    if (this.count <= this.most) {
      return 'free';
    }
    return this.count === this.most + 1 ? 'first-over' : 'over';
  }
}
