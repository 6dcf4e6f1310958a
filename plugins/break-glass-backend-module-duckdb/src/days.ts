const DAY = 86_400_000;
/** Days that one listing covers at most. */
const MAX_DAYS = 400;

/** A UTC day as the folders of logs write it: year, month, day. */
export type Day = [year: string, month: string, day: string];

/**
 * Each UTC day from one before `from` to one after `to`: files can be filed
 * under the next day.
 * @param from - epoch milliseconds, inclusive
 * @param to - epoch milliseconds, exclusive
 */
export function daysOf(from: number, to: number): Day[] {
  const days: Day[] = [];
  const first = Math.floor(from / DAY) - 1;
  const last = Math.floor(Math.max(from, to - 1) / DAY) + 1;
  for (let day = first; day <= last && days.length < MAX_DAYS; day++) {
    const [date] = new Date(day * DAY).toISOString().split('T');
    days.push(date.split('-') as Day);
  }
  return days;
}
