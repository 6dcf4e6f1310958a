const DAY = 24 * 60 * 60_000;

/**
 * The days, `yyyy-MM-dd` in UTC, whose files may hold events of a time: those of the
 * time itself and one on each side, because files can be filed under another day.
 * @param from - epoch milliseconds, inclusive
 * @param to - epoch milliseconds, exclusive
 */
export function daysToRead(from: number, to: number): string[] {
  const first = Math.floor(from / DAY) - 1;
  const last = Math.max(Math.floor((to - 1) / DAY) + 1, first);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    new Date((first + index) * DAY).toISOString().slice(0, 10),
  );
}

/**
 * An instant as CloudTrail writes it, in seconds. Rounded up: an event of a second
 * is at or after an instant exactly if it is at or after this text.
 */
export function secondOf(at: number): string {
  const second = Math.ceil(at / 1_000) * 1_000;
  return `${new Date(second).toISOString().slice(0, 19)}Z`;
}
