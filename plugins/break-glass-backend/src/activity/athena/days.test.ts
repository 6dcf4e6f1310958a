import { daysToRead, secondOf } from './days';

const at = (text: string) => Date.parse(text);

describe('the days to read', () => {
  it.each([
    [
      '2026-10-01T10:00:00Z',
      '2026-10-01T12:00:00Z',
      '2026-09-30',
      '2026-10-02',
    ],
    [
      '2026-10-01T00:00:00Z',
      '2026-10-02T00:00:00Z',
      '2026-09-30',
      '2026-10-02',
    ],
    [
      '2026-12-31T23:00:00Z',
      '2027-01-01T01:00:00Z',
      '2026-12-30',
      '2027-01-02',
    ],
    [
      '2028-02-28T23:00:00Z',
      '2028-02-28T23:30:00Z',
      '2028-02-27',
      '2028-02-29',
    ],
  ])('pitfall 13: from %s to %s are %s to %s', (from, to, first, last) => {
    const days = daysToRead(at(from), at(to));
    expect([days[0], days.at(-1)]).toEqual([first, last]);
    expect(days).toEqual([...new Set(days)].sort());
  });

  it('are never none', () => {
    const noon = at('2026-10-01T12:00:00Z');
    expect(daysToRead(noon, noon - 1).length).toBeGreaterThan(0);
  });
});

it('I11: an instant within a second is after the events of that second', () => {
  expect(secondOf(at('2026-10-01T12:00:00.000Z'))).toBe('2026-10-01T12:00:00Z');
  expect(secondOf(at('2026-10-01T12:00:00.001Z'))).toBe('2026-10-01T12:00:01Z');
});
