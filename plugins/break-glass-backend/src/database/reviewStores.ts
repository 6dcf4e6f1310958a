import { LeaseCriteria } from './leaseCriteria';
import {
  ActivityEventRow,
  EvidenceRow,
  FollowUpRow,
  Millis,
  ResidueRow,
  ReviewRow,
} from './rows';

/** Filter of the events of one lease. All is applied in the database. */
export interface ActivityFilter {
  session?: string;
  accessLevel?: string;
  only?: 'writes' | 'refused' | 'sensitive';
  service?: string;
  text?: string;
  /** Inclusive. */
  from?: Millis;
  /** Exclusive. */
  to?: Millis;
}

/** An event as lists show it. */
export type ListedEvent = Omit<ActivityEventRow, 'record'>;

/** Events over time; bars without events are left out. */
export interface ActivityBars {
  /** Instants of the first and of the last event. */
  from: Millis;
  to: Millis;
  /** Length of each bar; whole seconds. */
  barMs: Millis;
  bars: Array<{
    /** Place of the bar, from 0. */
    index: number;
    reads: number;
    writes: number;
    refused: number;
    sensitive: number;
  }>;
}

/** Events that are the same but for when, where and on what they were. */
export interface ActivityGroup {
  service: string;
  action: string;
  accessLevel: string;
  refused: boolean;
  /** Refused by an explicit deny, other than that of the session policy, which stands for lacking rights. */
  denied: boolean;
  /** Has an error code. */
  failed: boolean;
  chained: boolean;
  sourceIp?: string;
  sensitive: ActivityEventRow['sensitive'];
  count: number;
  /** Instants of the first and of the last of them. */
  first: Millis;
  last: Millis;
}

export interface ActivityStore {
  /**
   * Writes what is new, and what is read otherwise than before, by (leaseId,
   * eventId). `foundAt` is when it was first found, and no part of the evidence.
   */
  upsert(rows: ActivityEventRow[], foundAt?: Millis): Promise<void>;
  /** Takes events out that are not the lease's. @returns the ids of those that were there. */
  remove(leaseId: string, eventIds: string[]): Promise<string[]>;
  list(
    leaseId: string,
    filter: ActivityFilter,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: ListedEvent[]; nextCursor?: string }>;
  /** Events over time in at most so many bars of equal length; undefined where there are none. */
  histogram(
    leaseId: string,
    filter: ActivityFilter,
    bars: number,
  ): Promise<ActivityBars | undefined>;
  get(leaseId: string, eventId: string): Promise<ActivityEventRow | undefined>;
  counts(leaseId: string): Promise<{
    total: number;
    writes: number;
    refused: number;
    sensitive: number;
    services: Array<{ service: string; count: number }>;
  }>;
  /** All events by what tells them apart for people, counted in the database. */
  groups(leaseId: string): Promise<ActivityGroup[]>;
  /** In order of time and id, in batches, for hashing. */
  all(leaseId: string): AsyncIterable<ActivityEventRow>;
}

export interface EvidenceStore {
  get(leaseId: string): Promise<EvidenceRow | undefined>;
  ofLeases(leaseIds: string[]): Promise<EvidenceRow[]>;
  /**
   * Networks that a person's other leases were used from, of those requested
   * since one time and before another: what comes later proves nothing.
   */
  networksOf(
    requesterKey: string,
    other: { thanLease: string; since: Millis; before: Millis },
  ): Promise<string[]>;
  /** Writes unless the row is frozen. @returns false where it is. */
  put(row: EvidenceRow): Promise<boolean>;
  /** Lets evidence change again, because its review was opened again. @returns false where it is not frozen. */
  unfreeze(leaseId: string): Promise<boolean>;
}

export interface ReviewStore {
  insert(row: ReviewRow): Promise<void>;
  ofLease(leaseId: string): Promise<ReviewRow[]>;
}

export interface ResidueStore {
  ofLease(leaseId: string): Promise<ResidueRow[]>;
  /**
   * Writes what a look found: inserts new items, and moves between `open` and
   * `gone`. What a reviewer decided stays.
   */
  put(leaseId: string, rows: ResidueRow[]): Promise<void>;
  /** Only from `open`, or from another decision of a reviewer. @returns false where it is none of the lease's, or gone. */
  decide(
    leaseId: string,
    key: string,
    decision: Required<
      Pick<ResidueRow, 'state' | 'comment' | 'decidedBy' | 'decidedAt'>
    >,
  ): Promise<boolean>;
}

/** Filter of follow-ups; all is applied in the database. */
export interface FollowUpFilter {
  id?: string;
  /** Refs of a person and their groups. */
  owners?: string[];
  state?: 'open' | 'overdue' | 'done';
  leaseId?: string;
  unbrokeredId?: string;
  /** Of leases that the permission framework lets the caller see, and of unbrokered uses. */
  permitted?: LeaseCriteria;
  now: Millis;
}

export interface FollowUpStore {
  insert(rows: FollowUpRow[]): Promise<void>;
  /** Oldest first. */
  list(
    filter: FollowUpFilter,
    page: { limit: number; after?: string },
  ): Promise<FollowUpRow[]>;
  count(filter: FollowUpFilter): Promise<number>;
  /** Only where it is not done yet. @returns false where somebody was first. */
  finish(
    id: string,
    done: Required<Pick<FollowUpRow, 'doneAt' | 'doneBy' | 'doneComment'>>,
  ): Promise<boolean>;
  /** Open, due before `before`, and not reminded of since `remindedBefore`. */
  remindable(
    before: Millis,
    remindedBefore: Millis,
    limit: number,
  ): Promise<FollowUpRow[]>;
  /** Only where nobody reminded since. */
  reminded(id: string, at: Millis, before: Millis): Promise<boolean>;
}
