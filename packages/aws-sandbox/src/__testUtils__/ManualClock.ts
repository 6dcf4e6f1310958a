import { Clock } from '../Clock';

/** A clock that tests move by hand. */
export class ManualClock implements Clock {
  private time: number;

  constructor(start: string = '2026-11-05T12:00:00Z') {
    this.time = Date.parse(start);
  }

  now(): number {
    return this.time;
  }

  /** Moves the clock forward by this many seconds. */
  advance(seconds: number): void {
    this.time += seconds * 1000;
  }
}
