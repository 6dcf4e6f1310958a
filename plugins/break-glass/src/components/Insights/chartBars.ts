import { parseEntityRef } from '@backstage/catalog-model';
import { Insights, RouteInput } from 'backstage-plugin-break-glass-common';

/** What leases are grouped by. */
export type GroupBy = NonNullable<
  NonNullable<RouteInput<'insights'>['query']>['groupBy']
>;

/** What the bars are as long as. */
export type Measure = 'leases' | 'hours';

/** One group of leases. */
export type Group = Insights['groups'][number];

/** One bar of the chart. */
export interface ChartBar {
  key: string;
  /** Short enough for an axis. */
  label: string;
  value: number;
}

/** Bars that a chart of named groups holds; the table has all of them. */
export const MAX_BARS = 12;
/** Days that a chart by day holds, with those in between that nothing happened on. */
const MAX_DAYS = 100;
const DAY_MS = 24 * 60 * 60_000;

/**
 * The bars of a chart: named groups by size, days in their order with empty
 * ones in between, so that a quiet week looks like one.
 */
export function chartBars(
  groups: Group[],
  groupBy: GroupBy,
  measure: Measure,
): ChartBar[] {
  const bars = groups.map(group => ({
    key: group.key,
    label: groupBy === 'day' ? group.key.slice(5) : shortName(group.key),
    value: valueOf(group, measure),
  }));
  return groupBy === 'day'
    ? withQuietDays(bars)
    : bars.sort((a, b) => b.value - a.value).slice(0, MAX_BARS);
}

/** Leases, or hours with one decimal. */
export function valueOf(group: Group, measure: Measure): number {
  return measure === 'leases'
    ? group.leases
    : Math.round(group.accessMinutes / 6) / 10;
}

/** The name in an entity reference; other keys as they are. */
export function shortName(key: string): string {
  return key.includes(':') ? parseEntityRef(key).name : key;
}

function withQuietDays(bars: ChartBar[]): ChartBar[] {
  const days = bars.map(({ key }) => Date.parse(key));
  const first = Math.min(...days);
  const count = (Math.max(...days) - first) / DAY_MS + 1;
  if (!(count <= MAX_DAYS)) {
    return [...bars].sort((a, b) => a.key.localeCompare(b.key));
  }
  const known = new Map(bars.map(bar => [bar.key, bar]));
  return Array.from({ length: count }, (_, index) => {
    const key = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
    return known.get(key) ?? { key, label: key.slice(5), value: 0 };
  });
}
