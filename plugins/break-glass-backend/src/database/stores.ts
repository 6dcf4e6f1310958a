import {
  AuditVerification,
  ReviewState,
} from 'backstage-plugin-break-glass-common';
import { BrokerCheckStore } from './brokerCheckStore';
import { ExtensionStore } from './extensionStore';
import { LeaseCriteria } from './leaseCriteria';
import { PanicStore } from './panicStore';
import {
  ActivityStore,
  EvidenceStore,
  FollowUpStore,
  ResidueStore,
  ReviewStore,
} from './reviewStores';
import {
  AuditEvent,
  AuditRow,
  DecisionRow,
  LeaseRow,
  Millis,
  OutboxMessage,
  OutboxRow,
  PanicScope,
  SessionRow,
} from './rows';
import { UnbrokeredStore } from './unbrokeredStores';

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
  /** What a person may read: their own, those of accounts they own, those under policies that ask them. */
  readable?: { person: string; owners: string[]; policyIds: string[] };
  /** What a person may decide by policy, or by policy and ownership of the account. */
  decidable?: {
    policyIds: string[];
    ownedPolicyIds: string[];
    owners: string[];
  };
  /** Not of this person, as requester or beneficiary. */
  notOf?: string;
  /** Of this account id. */
  accountId?: string;
  /** Of this person, as requester or beneficiary. */
  person?: { ref: string; key: string };
  /** What the permission framework lets the caller see; absent: everything. */
  permitted?: LeaseCriteria;
  /** Waits for a decision: a request, or an extension of an active lease. Without one of this person key. */
  awaiting?: { personKey: string };
  now: Millis;
}

export interface LeaseStore {
  /**
   * @returns false where the requester used the idempotency key before, or an
   *   open request with this request key is there.
   */
  insert(row: LeaseRow): Promise<boolean>;
  /** The stored pending request with a request key, whatever the clock says of it. */
  findOpenRequest(requestKey: string): Promise<LeaseRow | undefined>;
  get(id: string): Promise<LeaseRow | undefined>;
  /** The same with the decisions on it, oldest first, and the database's clock, in one statement. */
  withDecisions(id: string): Promise<
    | {
        row: LeaseRow;
        decisions: DecisionRow[];
        /** Epoch milliseconds. */
        databaseNow: Millis;
      }
    | undefined
  >;
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
  /** Requests of a person since. */
  countRequests(requesterKey: string, since: Millis): Promise<number>;
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
  /** Of leases whose kill AWS accepted since then: the newest of each role and boundary policy. */
  killedSince(since: Millis): Promise<LeaseRow[]>;
}

export interface DecisionStore {
  /**
   * Writes a decision, with `unlessStopped` only where no panic is in force on that.
   * @returns false where one is.
   * @throws ConflictError `already-decided` where the person key decided before.
   */
  insert(row: DecisionRow, unlessStopped?: PanicScope): Promise<boolean>;
  ofLeases(leaseIds: string[]): Promise<DecisionRow[]>;
  /** How many requests of one person another approved since; both by person key. */
  countApprovals(of: {
    approverKey: string;
    requesterKey: string;
    since: Millis;
  }): Promise<number>;
}

export interface SessionStore {
  insert(row: SessionRow): Promise<void>;
  /**
   * Only from state `issuing`.
   * @returns false where it is no longer
   * @throws AccessKeyTaken where another session, or a check of the broker, has the key; the transaction is lost then
   */
  complete(id: string, change: Partial<SessionRow>): Promise<boolean>;
  ofLeases(leaseIds: string[]): Promise<SessionRow[]>;
  countOfLeases(leaseIds: string[]): Promise<Map<string, number>>;
  /** Sessions of a person that were begun since, whatever became of them. */
  countSince(requester: string, since: Millis): Promise<number>;
  /** Sessions, of leases and of standing roles, that AWS gave one of these keys for. */
  byAccessKeys(accessKeyIds: string[]): Promise<SessionRow[]>;
}

/** The audit log as an anchor is compared with it. */
export interface AuditWitness {
  head: { seq: number; hash: string };
  /** Number of the newest entry that was anchored outside of the database, as the database remembers it; 0: none. */
  anchoredSeq: number;
  /** Hash of the entry that was asked for; undefined where there is none. */
  hashAt?: string;
}

export interface AuditStore {
  /** Chains and writes, under the locked head row. */
  append(event: AuditEvent): Promise<AuditRow>;
  head(): Promise<{ seq: number; hash: string }>;
  /** What an anchor of this entry is compared with, read at one instant. */
  witness(seq: number): Promise<AuditWitness>;
  /** Remembers it. */
  anchored(seq: number): Promise<void>;
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
  extensions: ExtensionStore;
  sessions: SessionStore;
  activity: ActivityStore;
  evidence: EvidenceStore;
  reviews: ReviewStore;
  residue: ResidueStore;
  followUps: FollowUpStore;
  unbrokered: UnbrokeredStore;
  panics: PanicStore;
  brokerChecks: BrokerCheckStore;
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
