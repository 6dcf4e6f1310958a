import {
  ActivityEvent,
  UnbrokeredState,
} from 'backstage-plugin-break-glass-common';
import { Millis, UnbrokeredReviewRow, UnbrokeredRow } from './rows';

/** Filter of unbrokered uses; all is applied in the database. */
export interface UnbrokeredFilter {
  states?: UnbrokeredState[];
  accountRef?: string;
  leaseId?: string;
  /** Of these owners only: a person and their groups. */
  owners?: string[];
}

/** Uses of roles that no lease explains, with their events and verdicts. */
export interface UnbrokeredStore {
  /** Inserts a use that nobody reported before, by its identity. @returns false where it is known. */
  insert(row: UnbrokeredRow): Promise<boolean>;
  get(id: string): Promise<UnbrokeredRow | undefined>;
  findByIdentity(identities: string[]): Promise<UnbrokeredRow[]>;
  /** Newest first. */
  list(
    filter: UnbrokeredFilter,
    page: { limit: number; before?: string },
  ): Promise<UnbrokeredRow[]>;
  count(filter: UnbrokeredFilter): Promise<number>;
  /** Compare-and-set on (id, version). @returns false where somebody else was first. */
  update(
    id: string,
    version: number,
    change: Partial<UnbrokeredRow>,
  ): Promise<boolean>;
  /** Uses that wait for somebody and are due before `before`, oldest due first. */
  due(before: Millis, limit: number): Promise<UnbrokeredRow[]>;
  /** Uses whose activity is to be looked for. */
  collectDue(now: Millis, limit: number): Promise<UnbrokeredRow[]>;
  /** Inserts what is new, by (useId, event id). */
  addEvents(useId: string, events: ActivityEvent[]): Promise<void>;
  events(
    useId: string,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: ActivityEvent[]; nextCursor?: string; total: number }>;
  addReview(row: UnbrokeredReviewRow): Promise<void>;
  reviewsOf(useId: string): Promise<UnbrokeredReviewRow[]>;
  /**
   * Takes a scan for this caller alone until `claimUntil`.
   * @returns how far the logs were looked through, undefined where somebody else is at it.
   */
  claimScan(
    name: string,
    now: Millis,
    claimUntil: Millis,
  ): Promise<{ scannedTo?: Millis } | undefined>;
  /** Ends a scan that was claimed. */
  endScan(
    name: string,
    result: { scannedTo: Millis; problem?: string },
  ): Promise<void>;
  /** All scans, for the health route. */
  scans(): Promise<
    Array<{ name: string; scannedTo: Millis; problem?: string }>
  >;
}
