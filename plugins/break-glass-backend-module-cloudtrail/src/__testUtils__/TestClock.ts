import { Clock, Wait } from 'backstage-plugin-break-glass-node';

/** A clock that waiting moves, so that nothing waits in real time. */
export class TestClock implements Clock {
  /** How long was waited for, in the order of the waits; milliseconds. */
  readonly waits: number[] = [];

  /** @param time - epoch milliseconds */
  constructor(public time: number) {}

  now(): number {
    return this.time;
  }

  readonly wait: Wait = async (ms, signal) => {
    signal.throwIfAborted();
    this.waits.push(ms);
    this.time += ms;
  };
}
