import { abandonable } from './abandonable';

describe('abandonable', () => {
  it('is the promise, where nobody gives it up', async () => {
    const { signal } = new AbortController();
    expect(await abandonable(Promise.resolve(1), signal)).toBe(1);
    await expect(
      abandonable(Promise.reject(new Error('no')), signal),
    ).rejects.toThrow('no');
  });

  it('ends when the signal says so, whatever the promise does', async () => {
    const giving = new AbortController();
    const given = abandonable(new Promise(() => {}), giving.signal);
    giving.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
  });

  it('a failure that comes after it was given up reaches nobody', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const giving = new AbortController();
    let fail = (_: Error) => {};
    const late = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const given = abandonable(late, giving.signal);
    giving.abort(new Error('enough'));
    fail(new Error('late'));
    await expect(given).rejects.toThrow('enough');
    const failed = Promise.reject(new Error('before'));
    await expect(abandonable(failed, giving.signal)).rejects.toThrow('enough');
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
