import {
  AuditVerification,
  ReviewState,
} from 'backstage-plugin-break-glass-common';
import { UnbrokeredStore } from './unbrokeredStores';
import {
  ActivityEventRow,
  AuditEvent,
  AuditRow,
  DecisionRow,
  EvidenceRow,
  FollowUpRow,
  LeaseRow,
  Millis,
  OutboxMessage,
  OutboxRow,
  ResidueRow,
  ReviewRow,
  SessionRow,
} from './rows';

/** A page by key: ids are ULIDs, newest first. */
export interface PageRequest {
  limit: number;
  /** Id of the last row of the page before. */
  before?: string;
}

/** Filters of lease lists. All are applied in the database. */
export interface LeaseFilter {
  ids?: string[];
  requester?: string;
  accountRef?: string;
  roleIds?: string[];
  /** Statuses as the clock says at `now`. */
  statuses?: string[];
  reviewStates?: ReviewState[];
  from?: Millis;
  to?: Millis;
  /** Leases whose requester, beneficiary or accountOwner is one of these refs. */
  involving?: string[];
  /** What a person may read: their own, those of accounts they own, those of roles they may approve. */
  readable?: { person: string; owners: string[]; roleIds: string[] };
  /** What a person may decide by role, or by role and ownership of the account. */
  decidable?: { roleIds: string[]; ownedRoleIds: string[]; owners: string[] };
  /** Not of this person, as requester or beneficiary. */
  notOf?: string;
  /** Without a decision of this person key. */
  undecidedBy?: string;
  now: Millis;
}

export interface LeaseStore {
  /** @throws ConflictError `conflict` where the requester used the idempotency key before. */
  insert(row: LeaseRow): Promise<void>;
  get(id: string): Promise<LeaseRow | undefined>;
  /**
   * Reads a lease that nobody else can change before the transaction ends. Only
   * on the stores of a transaction.
   */
  lock(id: string): Promise<LeaseRow | undefined>;
  findByIdempotencyKey(
    requester: string,
    key: string,
  ): Promise<LeaseRow | undefined>;
  list(
    filter: LeaseFilter,
    page: PageRequest,
    order?: 'newest' | 'oldest' | 'due',
  ): Promise<LeaseRow[]>;
  count(filter: LeaseFilter): Promise<number>;
  /**
   * Compare-and-set on (id, version): writes the changed columns and version + 1.
   * A property that is there with the value undefined is cleared. What was
   * approved (who, what, why) can never change.
   * @returns false where somebody else was first.
   */
  update(
    id: string,
    version: number,
    change: Partial<LeaseRow>,
  ): Promise<boolean>;
  /** Leases whose stored status lags the clock: pending past `lapsesAt`, approved past `expiresAt`. */
  due(now: Millis, limit: number): Promise<LeaseRow[]>;
  /** Leases in review state `collecting` whose `collectDueAt` has come. */
  collectDue(now: Millis, limit: number): Promise<LeaseRow[]>;
  /** Reviews of a person's leases that wait and were due before `now`: their debt. */
  overdueReviews(requesterKey: string, now: Millis): Promise<number>;
  /** Leases whose review waits and is due by then, oldest due first. */
  reviewsDue(by: Millis, limit: number): Promise<LeaseRow[]>;
  /** Closed leases on a role whose credentials may still live at `now` (last session's expiry + 15 min). */
  killable(roleArn: string, now: Millis): Promise<LeaseRow[]>;
  /** The same, of leases that were requested under this boundary policy. */
  killableUnder(policyArn: string, now: Millis): Promise<LeaseRow[]>;
}

export interface DecisionStore {
  /** @throws ConflictError `already-decided` where the person key decided before. */
  insert(row: DecisionRow): Promise<void>;
  ofLeases(leaseIds: string[]): Promise<DecisionRow[]>;
}

export interface SessionStore {
  insert(row: SessionRow): Promise<void>;
  /** Only from state `issuing`. @returns false where it is no longer. */
  complete(id: string, change: Partial<SessionRow>): Promise<boolean>;
  ofLeases(leaseIds: string[]): Promise<SessionRow[]>;
  countOfLeases(leaseIds: string[]): Promise<Map<string, number>>;
  /** Sessions, of leases and of standing roles, that AWS gave one of these keys for. */
  byAccessKeys(accessKeyIds: string[]): Promise<SessionRow[]>;
}

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
  /** Refs of a person and their groups. */
  owners?: string[];
  state?: 'open' | 'overdue' | 'done';
  leaseId?: string;
  unbrokeredId?: string;
  now: Millis;
}

export interface FollowUpStore {
  insert(rows: FollowUpRow[]): Promise<void>;
  get(id: string): Promise<FollowUpRow | undefined>;
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

export interface AuditStore {
  /** Chains and writes, under the locked head row. */
  append(event: AuditEvent): Promise<AuditRow>;
  head(): Promise<{ seq: number; hash: string }>;
  list(
    filter: {
      actor?: string;
      accountRef?: string;
      leaseId?: string;
      action?: string;
      outcome?: string;
      from?: Millis;
      to?: Millis;
    },
    page: { limit: number; beforeSeq?: number },
  ): Promise<AuditRow[]>;
  /** Ascending by seq, in batches. */
  scan(fromSeq?: number): AsyncIterable<AuditRow>;
  /** Refused entries of one person since, for the cap. */
  countRefused(actor: string, since: Millis): Promise<number>;
}

export interface OutboxStore {
  enqueue(messages: OutboxMessage[], now: Millis): Promise<void>;
  /** Claims due messages for `leaseMs`, of these kinds only where some are named; no two callers get the same. */
  claim(
    now: Millis,
    limit: number,
    leaseMs: number,
    kinds?: ReadonlyArray<OutboxMessage['kind']>,
  ): Promise<OutboxRow[]>;
  delivered(id: string, now: Millis): Promise<void>;
  failed(id: string, error: string, retryAt: Millis): Promise<void>;
  /** Gives up on a message; it is kept with its error. */
  abandoned(id: string, error: string, now: Millis): Promise<void>;
  /** Undelivered messages and the age of the oldest, in ms. */
  lag(now: Millis): Promise<{ waiting: number; oldestMs: number }>;
  /** Deletes delivered messages older than this. */
  prune(before: Millis): Promise<number>;
}

/** All stores on one connection: the database, or one transaction. */
export interface Stores {
  leases: LeaseStore;
  decisions: DecisionStore;
  sessions: SessionStore;
  activity: ActivityStore;
  evidence: EvidenceStore;
  reviews: ReviewStore;
  residue: ResidueStore;
  followUps: FollowUpStore;
  unbrokered: UnbrokeredStore;
  audit: AuditStore;
  outbox: OutboxStore;
}

/** The database as domain rooms see it. */
export interface Database extends Stores {
  /** All or nothing. Inside, use only the stores that are handed in. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** The database's clock (I11). */
  now(): Promise<Millis>;
}

export type { AuditVerification };
