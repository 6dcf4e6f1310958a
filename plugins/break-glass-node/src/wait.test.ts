import { orAborted, waitWithTimer } from './wait';

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

describe('orAborted', () => {
  it('is the promise, where nobody gives it up', async () => {
    const { signal } = new AbortController();
    expect(await orAborted(Promise.resolve(7), signal)).toBe(7);
    const failing = Promise.reject(new Error('failed'));
    await expect(orAborted(failing, signal)).rejects.toThrow('failed');
  });

  it('pitfall 21: rejects as soon as the caller gives up, whatever the promise does', async () => {
    const controller = new AbortController();
    const waiting = orAborted(new Promise(() => {}), controller.signal);
    controller.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
    const done = orAborted(Promise.resolve(7), controller.signal);
    await expect(done).rejects.toThrow('given up');
  });

  it('a failure that comes after it was given up reaches nobody', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const controller = new AbortController();
    let fail = (_: Error) => {};
    const late = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const waiting = orAborted(late, controller.signal);
    controller.abort(new Error('given up'));
    fail(new Error('late'));
    await expect(waiting).rejects.toThrow('given up');
    const failed = Promise.reject(new Error('before'));
    await expect(orAborted(failed, controller.signal)).rejects.toThrow(
      'given up',
    );
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
