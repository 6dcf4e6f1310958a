import { Clock, Wait } from 'backstage-plugin-break-glass-node';

/** Longest that anybody is held back for throttling, in milliseconds. */
const LONGEST_HOLD_MS = 60_000;

/**
 * A token bucket that holds one token: calls are spread evenly, as AWS counts
 * them by the second and a burst after a pause would be too many. Those who wait
 * are served in the order they came, each with one timer and no polling.
 */
export class RateLimiter {
  private readonly intervalMs: number;
  /** When the bucket holds its next token that nobody waits for. */
  private nextAt = -Infinity;
  private waiting = 0;

  constructor(
    callsPerSecond: number,
    private readonly clock: Clock,
    private readonly wait: Wait,
  ) {
    this.intervalMs = 1_000 / callsPerSecond;
  }

  /**
   * Takes a token, waiting for it where there is none.
   * @throws the signal's reason as soon as it aborts
   */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.clock.now();
    // A clock that was set back must not make anybody wait for the difference.
    const latest = now + LONGEST_HOLD_MS + this.waiting * this.intervalMs;
    const at = Math.min(Math.max(now, this.nextAt), latest);
    this.nextAt = at + this.intervalMs;
    if (at > now) {
      this.waiting += 1;
      try {
        await this.wait(at - now, signal);
      } finally {
        this.waiting -= 1;
      }
    }
  }

  /** Gives out no token for a while, because AWS said that there were too many calls. @param ms - milliseconds. */
  holdBack(ms: number): void {
    const until = this.clock.now() + Math.min(ms, LONGEST_HOLD_MS);
    this.nextAt = Math.max(this.nextAt, until);
  }
}
