import { ActivityHistogram } from 'backstage-plugin-break-glass-common';
import { TimelineFilter } from '../../hooks/useTimeline';

/** The part of the time that is looked at. */
export type TimeWindow = Pick<TimelineFilter, 'from' | 'to'>;

/**
 * The window that holds the bars from `start` to `end`, both included. At an
 * outer bar it keeps what was looked at before, so that the first and the last
 * event stay in sight whatever the rounding of the bars.
 */
export function zoomTo(
  histogram: ActivityHistogram,
  start: number,
  end: number,
  before: TimeWindow,
): TimeWindow {
  const { bars, barSeconds } = histogram;
  const [first, last] = start <= end ? [start, end] : [end, start];
  return {
    from: first <= 0 ? before.from : bars[first].at,
    to:
      last >= bars.length - 1
        ? before.to
        : new Date(
            Date.parse(bars[last].at) + barSeconds * 1_000,
          ).toISOString(),
  };
}
