/** How many calls are let through. */
export interface Rate {
  perSecond: number;
  /** How many may come at once. */
  burst: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Token buckets by name, on the sandbox's clock. */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  /**
   * Whether one more call of this name may go through now.
   * @param now - milliseconds of the sandbox's clock
   */
  take(name: string, rate: Rate, now: number): boolean {
    const last = this.buckets.get(name) ?? {
      tokens: rate.burst,
      filledAt: now,
    };
    const gained = ((now - last.filledAt) / 1000) * rate.perSecond;
    const tokens = Math.min(rate.burst, last.tokens + Math.max(0, gained));
    const allowed = tokens >= 1;
    this.buckets.set(name, {
      tokens: allowed ? tokens - 1 : tokens,
      filledAt: now,
    });
    return allowed;
  }
}
