import { inOrder } from './inOrder';

describe('inOrder', () => {
  it('gives the values in the order of the list', async () => {
    await expect(
      inOrder([Promise.resolve(1), Promise.resolve('two')]),
    ).resolves.toEqual([1, 'two']);
  });

  it('fails with the first in the order of the list, though a later one failed before', async () => {
    let failFirst = (_: Error) => {};
    const first = new Promise((_, reject) => {
      failFirst = reject;
    });
    const all = inOrder([first, Promise.reject(new Error('second'))]);
    await Promise.resolve();
    failFirst(new Error('first'));

    await expect(all).rejects.toThrow('first');
  });
});
