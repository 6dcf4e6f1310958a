import { Clock } from 'backstage-plugin-break-glass-node';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  /** The database's clock: the same, unless a test sets it apart. */
  database: Pick<Clock, 'now'> = { now: () => this.at };

  constructor(private at: number = Date.parse('2026-10-01T12:00:00.000Z')) {}

  now(): number {
    return this.at;
  }

  /** Moves forward (or back, when negative). */
  advance(by: { hours?: number; minutes?: number; seconds?: number }): void {
    const { hours = 0, minutes = 0, seconds = 0 } = by;
    this.at += ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  }

  /** Moves to an instant in epoch milliseconds. */
  set(at: number): void {
    this.at = at;
  }
}
