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
  /** Whether the logs have it, or only an event reported it. */
  seenInLogs?: boolean;
  /** Began at or after. */
  since?: Millis;
  /** Began before. */
  before?: Millis;
  /** Of these owners only: a person and their groups. */
  involving?: { owners: string[] };
  /** Waiting for the justification of these owners, or for the verdict of a reviewer with these refs. */
  waitingFor?: { owners: string[]; reviewer?: { refs: string[] } };
}

/** How far the logs were looked through. */
export interface UnbrokeredScanRow {
  name: string;
  scannedTo: Millis;
  problem?: string;
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
  /** Uses that wait for somebody, due before `dueBefore`, and not reminded of since `remindedBefore`; oldest due first. */
  remindable(
    dueBefore: Millis,
    remindedBefore: Millis,
    limit: number,
  ): Promise<UnbrokeredRow[]>;
  /** Only where it still waits and nobody reminded since. It is no new version. */
  reminded(id: string, at: Millis, before: Millis): Promise<boolean>;
  /** Uses that wait for somebody, were due before `dueBefore`, and were not escalated yet. */
  escalatable(dueBefore: Millis, limit: number): Promise<UnbrokeredRow[]>;
  /** Only where it still waits and nobody escalated it yet. It is no new version. */
  escalated(id: string, at: Millis): Promise<boolean>;
  /** Uses whose activity is to be looked for. */
  collectDue(now: Millis, limit: number): Promise<UnbrokeredRow[]>;
  /** Compare-and-set on (id, collectDueAt); undefined: never again. It is no new version. */
  collectAgain(id: string, dueAt: Millis, nextAt?: Millis): Promise<boolean>;
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
  /**
   * Ends a scan that was claimed until `claimedUntil`; nobody scans again before `nextAt`.
   * @returns false where the claim ran out and somebody else took it.
   */
  endScan(
    name: string,
    claimedUntil: Millis,
    result: { scannedTo: Millis; nextAt: Millis; problem?: string },
  ): Promise<boolean>;
  /** All scans, for the health route. */
  scans(): Promise<UnbrokeredScanRow[]>;
}
