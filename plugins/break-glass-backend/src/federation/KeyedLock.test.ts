import { KeyedLock } from './KeyedLock';

describe('KeyedLock', () => {
  it('runs work of one key one after the other, also after a failure', async () => {
    const lock = new KeyedLock();
    const log: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} starts`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) {
          throw new Error(name);
        }
        return name;
      };
    const results = await Promise.allSettled([
      lock.run('a', work('first', true)),
      lock.run('a', work('second')),
      lock.run('a', work('third')),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(log).toEqual([
      'first starts',
      'first ends',
      'second starts',
      'second ends',
      'third starts',
      'third ends',
    ]);
  });

  it('lets keys go on beside each other', async () => {
    const lock = new KeyedLock();
    let release = () => {};
    const held = lock.run(
      'a',
      () => new Promise<void>(resolve => (release = resolve)),
    );
    await expect(lock.run('b', async () => 'done')).resolves.toBe('done');
    release();
    await held;
  });
});
