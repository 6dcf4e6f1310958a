import { allPages } from './allPages';

/** Pages by their cursor; the first has none. */
const pages =
  (next: (cursor?: string) => string | undefined) =>
  async (cursor?: string) => ({
    items: [cursor ?? 'first'],
    nextCursor: next(cursor),
  });

describe('allPages', () => {
  it('reads one after the other to the last', async () => {
    const chain: Record<string, string> = { first: 'a', a: 'b' };

    expect(await allPages(pages((cursor = 'first') => chain[cursor]))).toEqual([
      'first',
      'a',
      'b',
    ]);
  });

  it.each([
    ['one page that leads to itself', () => 'a'],
    [
      'two that lead to each other',
      (cursor?: string) => (cursor === 'a' ? 'b' : 'a'),
    ],
  ])('takes no part for the whole of %s', async (_, next) => {
    await expect(allPages(pages(next))).rejects.toThrow('its pages repeat');
  });

  it('ends where the pages do not', async () => {
    let count = 0;
    const next = () => {
      count += 1;
      return `page ${count}`;
    };

    await expect(allPages(pages(next))).rejects.toThrow(
      'it has more than 1000 pages',
    );
    expect(count).toBeLessThan(1_100);
  });
});
