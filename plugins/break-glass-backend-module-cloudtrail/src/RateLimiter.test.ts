import { waitWithTimer } from 'backstage-plugin-break-glass-node';
import { TestClock } from './__testUtils__/TestClock';
import { RateLimiter } from './RateLimiter';

const signal = new AbortController().signal;

describe('RateLimiter', () => {
  it('lets the first call through at once, and the next ones evenly', async () => {
    const clock = new TestClock(0);
    const limiter = new RateLimiter(2, clock, clock.wait);
    const at: number[] = [];
    for (let call = 0; call < 4; call++) {
      await limiter.take(signal);
      at.push(clock.now());
    }
    expect(at).toEqual([0, 500, 1_000, 1_500]);
  });

  it('allows no burst after a pause', async () => {
    const clock = new TestClock(0);
    const limiter = new RateLimiter(2, clock, clock.wait);
    await limiter.take(signal);
    clock.time = 60_000;
    await limiter.take(signal);
    await limiter.take(signal);
    expect(clock.now()).toBe(60_500);
  });

  it('serves those who wait in the order they came, with one wait each', async () => {
    const waits: number[] = [];
    const limiter = new RateLimiter(2, { now: () => 0 }, async ms => {
      waits.push(ms);
    });
    await Promise.all([1, 2, 3, 4].map(() => limiter.take(signal)));
    expect(waits).toEqual([500, 1_000, 1_500]);
  });

  it('pitfall 21: stops waiting when the caller gives up', async () => {
    const limiter = new RateLimiter(0.1, { now: () => 0 }, waitWithTimer);
    const controller = new AbortController();
    await limiter.take(signal);
    const waiting = limiter.take(controller.signal);
    controller.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
    await expect(limiter.take(controller.signal)).rejects.toThrow('given up');
  });

  it('holds everybody back where AWS says that it was too much', async () => {
    const clock = new TestClock(0);
    const limiter = new RateLimiter(2, clock, clock.wait);
    limiter.holdBack(4_000);
    await limiter.take(signal);
    expect(clock.now()).toBe(4_000);
  });

  it('pitfall 13: a clock that is set back makes nobody wait for the difference', async () => {
    const clock = new TestClock(86_400_000);
    const limiter = new RateLimiter(2, clock, clock.wait);
    await limiter.take(signal);
    clock.time = 0;
    await limiter.take(signal);
    expect(clock.now()).toBeLessThanOrEqual(60_000);
  });
});
