import { ActivitySource, Clock } from 'backstage-plugin-break-glass-node';
import { BreakGlassConfig } from '../config/types';
import { LeaseRow, SessionRow } from '../database/types';
import { countedSessions, patienceOf, searchWindow } from './completeness';
import { ReviewTimes } from './evidence';
import { gather, Gathered, NOTHING_TO_GATHER } from './gather';

/** A look that takes longer has failed. */
const LONGEST_LOOK = 3 * 60_000;

/** What looking takes. */
export interface GatherDependencies {
  config: {
    review: ReviewTimes & Pick<BreakGlassConfig['review'], 'maxRecordsPerLook'>;
  };
  clock: Clock;
  source: ActivitySource;
}

/**
 * Looks for everything that the sessions of a lease did, for three minutes at
 * most. Where an answer of AWS was lost, the name alone is looked for.
 * @throws ServiceUnavailableError where the logs cannot be reached, or the
 *   signal's reason.
 */
export async function gatherFor(
  { config, clock, source }: GatherDependencies,
  lease: LeaseRow,
  sessions: SessionRow[],
  signal?: AbortSignal,
): Promise<Gathered> {
  const counted = countedSessions(sessions);
  if (counted.length === 0) {
    return NOTHING_TO_GATHER;
  }
  const patience = patienceOf(config.review);
  const timeout = AbortSignal.timeout(LONGEST_LOOK);
  return gather(
    source,
    lease,
    counted,
    searchWindow(lease, counted, patience, clock.now()),
    {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      maxRecords: config.review.maxRecordsPerLook,
    },
  );
}
