import { ActivityResult, ActivitySource, UseResult } from '../activitySource';
import { DeliveredRecord } from './records';

/** A source that reads logs of a test. */
export interface OpenedActivitySource {
  source: ActivitySource;
  /** Delivers more, later. */
  deliver(records: DeliveredRecord[]): Promise<void>;
  /**
   * Resolves when nothing of an aborted search runs any more: no statement, no
   * request, no timer. Absent where that cannot be seen.
   */
  settled?(): Promise<void>;
  /** Closes the source and takes the logs away. */
  close(): Promise<void>;
}

/** How to try a source, and what it cannot do by its nature. */
export interface ActivitySourceUnderTest {
  /** Makes logs of the records, and a source that reads them. */
  open(given: { records: DeliveredRecord[] }): Promise<OpenedActivitySource>;
  /**
   * Middle of the time that the tests play in, epoch milliseconds in whole
   * seconds, not within two hours of midnight UTC. Default: 2026-10-01T11:00:00Z.
   */
  at?: number;
  /** More records than one page of the source holds. Default: 1,200. */
  manyRecords?: number;
  /** Whether it sees object-level (data) events. Default: true. */
  dataEvents?: boolean;
  /** Whether it finds calls by nothing but their source identity. Default: true. */
  sourceIdentity?: boolean;
  /** Whether it counts the bytes that it read. Default: true. */
  bytesScanned?: boolean;
  /** Whether it says that a trail ran on after the query. Default: true. */
  trailRunningAtEnd?: boolean;
  /** A part of a sentence about what it cannot see, where there is something. */
  blindSpot?: RegExp;
}

/** Opens a source over records, and closes it whatever happens. */
export async function withSource<T>(
  options: ActivitySourceUnderTest,
  records: DeliveredRecord[],
  work: (opened: OpenedActivitySource) => Promise<T>,
): Promise<T> {
  const opened = await options.open({ records });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** For a search that nobody gives up. */
export const patient = () => ({ signal: new AbortController().signal });

/** Event ids of what was found, each once, sorted. */
export function idsIn(result: ActivityResult | UseResult): string[] {
  return [
    ...new Set(result.records.map(({ eventID }) => String(eventID))),
  ].sort();
}

/** Event ids of what was delivered, each once, sorted. */
export function idsOf(records: DeliveredRecord[]): string[] {
  return [
    ...new Set(records.map(({ record }) => String(record.eventID))),
  ].sort();
}
