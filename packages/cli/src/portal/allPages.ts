import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/** Pages that are read of one list: an end to loops, far above what there is. */
const MOST_PAGES = 1_000;

/**
 * Everything in a list that comes in pages.
 *
 * @throws CliError where it does not come to an end: a part of it would be taken for the whole
 */
export async function allPages<T>(
  page: (cursor?: string) => Promise<{ items: T[]; nextCursor?: string }>,
): Promise<T[]> {
  const all: T[] = [];
  const read = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, nextCursor } = await page(cursor);
    all.push(...items);
    if (!nextCursor) {
      return all;
    }
    if (read.has(nextCursor)) {
      throw endless('its pages repeat');
    }
    read.add(nextCursor);
    cursor = nextCursor;
  }
  throw endless(`it has more than ${MOST_PAGES} pages`);
}

function endless(why: string): CliError {
  return new CliError(
    `A list of the portal does not come to an end: ${why}. Tell its operators.`,
    EXIT.failed,
  );
}
