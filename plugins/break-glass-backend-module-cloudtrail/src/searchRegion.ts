import { ServiceUnavailableError } from '@backstage/errors';
import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { regionProblem } from './accountProblem';
import { ACTIVITY_KEY } from './configSchema';
import { Attribute, EventHistory, Found, HistoryPlace } from './EventHistory';

/** What to look for in one region. */
export interface RegionTask {
  attributes: Attribute[];
  /** Epoch milliseconds, inclusive. */
  from: number;
  /** Epoch milliseconds, exclusive. */
  to: number;
  /** Whether a record is wanted; lookups find more. */
  wanted: (record: RawCloudTrailRecord) => boolean;
}

/** What one region holds. */
export interface RegionFindings {
  region: string;
  records: RawCloudTrailRecord[];
  /** Whether the region delivered anything for the account in that time. */
  delivered: boolean;
  /** Whether it answered every lookup. */
  read: boolean;
  /** What could not be read, in sentences. */
  problems: string[];
}

/**
 * Makes the lookups of a task one after the other, as their pace is limited
 * anyway. A region that refuses one is reported with the fix and asked no more.
 * @throws ServiceUnavailableError where the whole account cannot be read; the signal's reason
 */
export async function searchRegion(
  history: EventHistory,
  place: HistoryPlace,
  task: RegionTask,
  signal: AbortSignal,
): Promise<RegionFindings> {
  const { region } = place;
  const { from, to } = task;
  const records: RawCloudTrailRecord[] = [];
  const problems: string[] = [];
  let delivered = false;
  try {
    for (const attribute of task.attributes) {
      const lookup = { attribute, from, to };
      const found = await history.lookup(place, lookup, signal);
      delivered ||= found.records.length + found.broken > 0;
      found.records.filter(task.wanted).forEach(each => records.push(each));
      problems.push(...shortcomings(found, place, attribute));
    }
    delivered ||= await history.holdsAny(place, { from, to }, signal);
    return { region, records, delivered, read: true, problems };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ServiceUnavailableError) {
      throw error;
    }
    problems.push(regionProblem(error, place));
    return { region, records, delivered, read: false, problems };
  }
}

/** A lookup that answered, and yet not with everything. */
function shortcomings(
  { cut, broken }: Found,
  { region, accountId }: HistoryPlace,
  { key }: Attribute,
): string[] {
  const place = `The event history of ${region} in account ${accountId}`;
  return [
    ...(cut
      ? [
          `${place} holds more events by ${key} than are read at once: shorten the time asked for, or raise ${ACTIVITY_KEY}.maxPages.`,
        ]
      : []),
    ...(broken > 0
      ? [
          `${place} answered with ${broken} ${
            broken === 1 ? 'event' : 'events'
          } by ${key} whose record cannot be read.`,
        ]
      : []),
  ];
}
