import fc from 'fast-check';
import { anActivityRow } from '../testing/rows';
import { Moment } from './moments';
import {
  decodeCursor,
  encodeCursor,
  EventPages,
  timelinePage,
} from './timelinePage';

const momentAt = (at: number, key: string): Moment => ({
  at,
  key,
  entry: {
    kind: 'lease',
    at: new Date(at).toISOString(),
    what: 'ended',
    by: key,
  },
});

/** Events in memory, paged like the store does it. */
function pagesOf(times: number[]): EventPages {
  const rows = times
    .map((at, index) =>
      anActivityRow({ leaseId: 'lease', at, eventId: `event-${index}` }),
    )
    .sort((a, b) => a.at - b.at);
  return async (limit, cursor) => {
    const start = cursor ? Number(cursor) : 0;
    const end = start + limit;
    return {
      items: rows.slice(start, end),
      nextCursor: end < rows.length ? String(end) : undefined,
    };
  };
}

async function readAll(moments: Moment[], pages: EventPages, limit: number) {
  const all = [];
  let cursor: string | undefined;
  let rounds = 0;
  do {
    const { items, next } = await timelinePage(
      moments,
      pages,
      limit,
      decodeCursor(cursor),
    );
    expect(items.length).toBeLessThanOrEqual(limit);
    all.push(...items);
    cursor = next && encodeCursor(next);
    expect((rounds += 1)).toBeLessThan(200);
  } while (cursor);
  return all;
}

describe('timelinePage', () => {
  it('shows moments before events of the same instant', async () => {
    const items = await readAll([momentAt(5, 'a')], pagesOf([4, 5, 6]), 10);
    expect(items.map(item => item.kind)).toEqual([
      'event',
      'lease',
      'event',
      'event',
    ]);
  });

  it('pitfall 23: pages show everything once, in order, whatever their size', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(
        times,
        times,
        fc.integer({ min: 1, max: 6 }),
        async (moments, events, limit) => {
          const made = moments
            .map((at, index) => momentAt(at, String.fromCharCode(97 + index)))
            .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
          const paged = await readAll(made, pagesOf(events), limit);
          expect(paged).toEqual(await readAll(made, pagesOf(events), 100));
          expect(paged).toHaveLength(moments.length + events.length);
          const instants = paged.map(item => Date.parse(item.at));
          expect(instants).toEqual([...instants].sort((a, b) => a - b));
          expect(new Set(paged.map(item => JSON.stringify(item))).size).toBe(
            paged.length,
          );
        },
      ),
    );
  });

  it.each([
    '',
    'x',
    '!!',
    encodeCursor({ moment: ['a', 1] as never }),
    'bnVsbA',
  ])('refuses %j as a cursor', cursor => {
    expect(() => decodeCursor(cursor)).toThrow('cursor is not one');
  });
});
