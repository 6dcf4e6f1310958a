/** Pages that are read of one list: an end to loops, far above what there is. */
const MOST_PAGES = 1_000;

/** Everything in a list that comes in pages. */
export async function allPages<T>(
  page: (cursor?: string) => Promise<{ items: T[]; nextCursor?: string }>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, nextCursor } = await page(cursor);
    all.push(...items);
    if (!nextCursor) {
      return all;
    }
    cursor = nextCursor;
  }
  return all;
}
