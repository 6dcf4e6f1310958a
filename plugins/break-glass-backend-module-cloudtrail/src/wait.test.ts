import { untilAborted, waitWithTimer } from './wait';

const never = () => new Promise<never>(() => {});

describe('waitWithTimer', () => {
  it('waits, and begins no wait once given up', async () => {
    const { signal } = new AbortController();
    await expect(waitWithTimer(0, signal)).resolves.toBeUndefined();
    const aborted = AbortSignal.abort(new Error('given up'));
    await expect(waitWithTimer(60_000, aborted)).rejects.toThrow('given up');
  });

  it('pitfall 21: rejects with the reason as soon as the caller gives up', async () => {
    const controller = new AbortController();
    const waiting = waitWithTimer(60_000, controller.signal);
    controller.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
  });
});

describe('untilAborted', () => {
  it('hands on what comes of the work', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(async () => 7, signal)).resolves.toBe(7);
    const failing = untilAborted(async () => {
      throw new Error('failed');
    }, signal);
    await expect(failing).rejects.toThrow('failed');
  });

  it('pitfall 21: rejects as soon as the caller gives up', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(never, controller.signal);
    controller.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
  });

  it('does not begin the work once given up', async () => {
    const work = jest.fn(never);
    const aborted = AbortSignal.abort(new Error('given up'));
    await expect(untilAborted(work, aborted)).rejects.toThrow('given up');
    expect(work).not.toHaveBeenCalled();
  });
});
