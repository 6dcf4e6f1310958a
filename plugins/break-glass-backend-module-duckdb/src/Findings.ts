import { RawCloudTrailRecord } from 'backstage-plugin-break-glass-node';
import { LogProblem } from './logProblems';

/** What was delivered for one account in some files. */
export interface Delivered {
  regions: string[];
  records: number;
  dataEvents: boolean;
  /** Times of the first and last record, epoch milliseconds; absent where none says its time. */
  first?: number;
  last?: number;
}

/** What a search found in some files. */
export class Findings {
  readonly records: RawCloudTrailRecord[] = [];
  readonly regions = new Set<string>();
  readonly problems: LogProblem[] = [];
  dataEvents = false;
  filesRead = 0;
  bytesScanned = 0;
  /** Whether reading stopped at as many as were wanted. */
  truncated = false;
  private last = -Infinity;

  /**
   * Candidates, as JSON text.
   * @throws SyntaxError where one is not.
   */
  addRecords(found: string[]): void {
    // All or none: where one cannot be parsed, nothing of it was found.
    const parsed = found.map(text => JSON.parse(text) as RawCloudTrailRecord);
    parsed.forEach(record => this.records.push(record));
  }

  /** What was delivered, candidates or not. */
  addDelivered(delivered: Delivered): void {
    if (delivered.records > 0) {
      delivered.regions.forEach(region => this.regions.add(region));
      this.dataEvents ||= delivered.dataEvents;
      this.last = Math.max(this.last, delivered.last ?? -Infinity);
    }
  }

  /** Whether anything was delivered at an instant, or later. */
  reaches(instant: number): boolean {
    return this.last >= instant;
  }
}
