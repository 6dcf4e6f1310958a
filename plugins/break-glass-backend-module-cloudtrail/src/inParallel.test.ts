import { inParallel } from './inParallel';

/** Work that ends when it is told to, in any order. */
function openWork() {
  const running = new Map<number, () => void>();
  const work = (item: number) =>
    new Promise<number>(resolve => {
      running.set(item, () => {
        running.delete(item);
        resolve(item * 10);
      });
    });
  return { running, work };
}

const turn = () => new Promise(resolve => setImmediate(resolve));

describe('inParallel', () => {
  it('does so many at once and no more, and keeps the order', async () => {
    const { running, work } = openWork();
    const results = inParallel([1, 2, 3], 2, work);
    expect([...running.keys()]).toEqual([1, 2]);
    running.get(2)!();
    await turn();
    expect([...running.keys()]).toEqual([1, 3]);
    running.get(3)!();
    running.get(1)!();
    expect(await results).toEqual([10, 20, 30]);
  });

  it('begins nothing more after a failure', async () => {
    const begun: number[] = [];
    const working = inParallel([1, 2, 3, 4], 2, async item => {
      begun.push(item);
      throw new Error(`failed ${item}`);
    });
    await expect(working).rejects.toThrow('failed 1');
    expect(begun).toEqual([1, 2]);
  });

  it('has no result for no items', async () => {
    expect(await inParallel([], 4, async item => item)).toEqual([]);
  });
});
