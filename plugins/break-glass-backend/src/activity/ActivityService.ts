import {
  ActivityHistogram,
  ActivityHistogramQuery,
  ActivityList,
  ActivityListQuery,
  Completeness,
  Timeline,
} from 'backstage-plugin-break-glass-common';
import { ActivitySource, Clock } from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from '../config/types';
import { ActivityFilter, Database, LeaseRow } from '../database/types';
import { notFoundError, unavailableError } from '../errors';
import { ActivityCollector } from './ActivityCollector';
import { completenessView, eventView, histogramView } from './activityView';
import { CountsByHash } from './CountsByHash';
import { presentEvidence } from './evidence';
import { momentsOf } from './moments';
import { decodeCursor, encodeCursor, timelinePage } from './timelinePage';

/** Times that a review was opened again which the time line shows. */
const MOST_REOPENED = 100;

/**
 * Reads what was done under a lease. Whether the caller may read the lease is
 * for the caller of this to check (pitfall 22).
 */
export class ActivityService {
  private readonly counts: CountsByHash;

  constructor(
    private readonly deps: {
      config: BreakGlassConfig;
      database: Database;
      clock: Clock;
      source: ActivitySource;
      collector: ActivityCollector;
    },
  ) {
    this.counts = new CountsByHash(deps.database.activity);
  }

  /** A page of events, with how complete they are. */
  async list(lease: LeaseRow, query: ActivityListQuery): Promise<ActivityList> {
    const { limit, cursor } = query;
    const filter = filterOf(query);
    const [page, standing] = await Promise.all([
      this.deps.database.activity.list(lease.id, filter, { limit, cursor }),
      this.standing(lease),
    ]);
    return {
      items: page.items.map(eventView),
      nextCursor: page.nextCursor,
      ...standing,
    };
  }

  /**
   * The record behind an event, as CloudTrail delivered it but for its secrets.
   * @throws NotFoundError `event-unknown`
   */
  async record(
    lease: LeaseRow,
    eventId: string,
  ): Promise<Record<string, unknown>> {
    const row = await this.deps.database.activity.get(lease.id, eventId);
    if (!row) {
      throw notFoundError(
        'event-unknown',
        `There is no event ${eventId} in the activity of lease ${lease.id}.`,
      );
    }
    return row.record;
  }

  /**
   * Looks again now, at most once in ten seconds for a lease.
   * @throws ServiceUnavailableError `log-source-unavailable`; what was found before stands.
   */
  async collectNow(lease: LeaseRow): Promise<Completeness> {
    const { collector, database, source } = this.deps;
    if (!(await collector.collectNow(lease.id))) {
      throw unavailableError(
        'log-source-unavailable',
        `${source.title} cannot be read at the moment. What was found before is still shown; try again later, or ask the platform team.`,
      );
    }
    const present = (await database.leases.get(lease.id)) ?? lease;
    return completenessView(await this.evidence(present));
  }

  /** A page of decisions, sessions and events on one time line. Filters choose among events. */
  async timeline(lease: LeaseRow, query: ActivityListQuery): Promise<Timeline> {
    const { database, clock } = this.deps;
    const { limit, cursor } = query;
    const filter = filterOf(query);
    const [decisions, sessions, reviews, reopened, standing] =
      await Promise.all([
        database.decisions.ofLeases([lease.id]),
        database.sessions.ofLeases([lease.id]),
        database.reviews.ofLease(lease.id),
        database.audit.list(
          { leaseId: lease.id, action: 'review.reopened', outcome: 'done' },
          { limit: MOST_REOPENED },
        ),
        this.standing(lease),
      ]);
    const { items, next } = await timelinePage(
      momentsOf(lease, { decisions, sessions, reviews, reopened }, clock.now()),
      (count, after) =>
        database.activity.list(lease.id, filter, {
          limit: count,
          cursor: after,
        }),
      limit,
      decodeCursor(cursor),
    );
    return { items, nextCursor: next && encodeCursor(next), ...standing };
  }

  /** Events over time, by the filters of the list. */
  async histogram(
    lease: LeaseRow,
    { bars, ...query }: ActivityHistogramQuery,
  ): Promise<ActivityHistogram> {
    const found = await this.deps.database.activity.histogram(
      lease.id,
      filterOf(query),
      bars,
    );
    return histogramView(found);
  }

  private async standing(lease: LeaseRow) {
    const evidence = await this.evidence(lease);
    return {
      completeness: completenessView(evidence),
      counts: await this.counts.of(evidence),
      evidenceHash: evidence.hash,
    };
  }

  private evidence(lease: LeaseRow) {
    const { config, database, clock } = this.deps;
    return presentEvidence(database, lease, config.review, clock.now());
  }
}

/** The filters of a query as the database takes them. */
function filterOf(
  query: Omit<ActivityListQuery, 'limit' | 'cursor'>,
): ActivityFilter {
  const { session, accessLevel, only, service, text, from, to } = query;
  return {
    ...{ session, accessLevel, only, service, text },
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  };
}
