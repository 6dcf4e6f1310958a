import { Insights as InsightsView } from 'backstage-plugin-break-glass-common';
import { Clock } from 'backstage-plugin-break-glass-node';
import { Millis } from '../database/types';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
/** Days looked at where no period is given. */
const DEFAULT_DAYS = 30;

/** What a grouping is by. */
export type GroupBy = 'person' | 'account' | 'profile' | 'role' | 'day';

/** Counts in the database; nothing is counted in memory. */
export interface InsightsStore {
  totals(
    from: Millis,
    to: Millis,
    now: Millis,
  ): Promise<InsightsView['totals']>;
  /** The value at a share (0 to 1) of all waiting times of activated leases, in ms. */
  waitingTime(
    from: Millis,
    to: Millis,
    share: number,
  ): Promise<Millis | undefined>;
  groups(
    from: Millis,
    to: Millis,
    by: GroupBy,
    now: Millis,
  ): Promise<InsightsView['groups']>;
}

/** How often, by whom, where and how long. */
export class Insights {
  constructor(
    private readonly store: InsightsStore,
    private readonly clock: Clock,
  ) {}

  /** Counts over a period, the last 30 days where none is given. */
  async counts(query: {
    from?: string;
    to?: string;
    groupBy: GroupBy;
  }): Promise<InsightsView> {
    const now = this.clock.now();
    const to = query.to ? Date.parse(query.to) : now;
    const from = query.from ? Date.parse(query.from) : to - DEFAULT_DAYS * DAY;
    const [totals, median, p90, groups] = await Promise.all([
      this.store.totals(from, to, now),
      this.store.waitingTime(from, to, 0.5),
      this.store.waitingTime(from, to, 0.9),
      this.store.groups(from, to, query.groupBy, now),
    ]);
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      totals,
      minutesToApprove: { median: minutes(median), p90: minutes(p90) },
      groups,
    };
  }
}

function minutes(time: Millis | undefined): number | undefined {
  return time === undefined ? undefined : Math.round((time / MINUTE) * 10) / 10;
}
