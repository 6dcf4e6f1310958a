import {
  ApprovalKind,
  AuditVerification,
  Checklist,
  FollowUp,
  KillState,
  Partition,
  ReviewState,
  SessionState,
  SessionType,
} from 'backstage-plugin-break-glass-common';
import { ApprovalPolicyConfig, StatementConfig } from '../config/types';

/** Every instant in rows is epoch milliseconds (I11). */
export type Millis = number;

/** What is approved, frozen at request; its canonical JSON is hashed (03-domain.md). */
export interface Scope {
  leaseId: string;
  requester: string;
  beneficiary?: string;
  reason: string;
  ticket?: string;
  partition: Partition;
  accountId: string;
  region: string;
  /** Owner of the account, where the approval policy asks for them. */
  accountOwner?: string;
  roleArn: string;
  profileId: string;
  profileParameters: Record<string, string>;
  statements: StatementConfig[];
  /** Whether further roles may be assumed and passed. */
  chaining: boolean;
  residueReviewed: boolean;
  /** ARN → SHA-256 of the content of each managed policy. */
  managedPolicies: Record<string, string>;
  approvalPolicy: ApprovalPolicyConfig;
}

/** States that are stored. What the clock adds is computed by `leases/lifecycle.ts`. */
export type StoredStatus =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'cancelled'
  | 'lapsed'
  | 'expired'
  | 'ended'
  | 'revoked';

/** One row of `leases`. */
export interface LeaseRow {
  id: string;
  version: number;
  status: StoredStatus;
  approvalKind: ApprovalKind;
  requester: string;
  requesterKey: string;
  beneficiary?: string;
  beneficiaryKey?: string;
  accountRef: string;
  accountTitle: string;
  accountId: string;
  partition: Partition;
  region: string;
  /** Owner entity of the account at request. */
  accountOwner?: string;
  roleId: string;
  roleTitle: string;
  roleArn: string;
  profileId: string;
  profileTitle: string;
  profileParameters: Record<string, string>;
  reason: string;
  ticket?: string;
  scope: Scope;
  scopeHash: string;
  startAt?: Millis;
  durationMinutes: number;
  requestedAt: Millis;
  lapsesAt: Millis;
  /** Set when approved: start of access. */
  activeFrom?: Millis;
  /** Set when approved: end of access. */
  expiresAt?: Millis;
  closedAt?: Millis;
  closedBy?: string;
  closeComment?: string;
  /** Why nothing more is issued, in words (I2). */
  issuingStopped?: string;
  kill: KillState;
  killRequestedAt?: Millis;
  killAcceptedAt?: Millis;
  killProbedAt?: Millis;
  /** Boundary policy and killer role as configured at request; absent where none was. */
  killPolicyArn?: string;
  killerRoleArn?: string;
  /** External id of the killer role's trust at request. */
  killExternalId?: string;
  reviewState: ReviewState;
  reviewDueAt?: Millis;
  /** When the collection of activity is due next. */
  collectDueAt?: Millis;
  idempotencyKey?: string;
}

/** One row of `decisions`; a person counts once per lease (unique by key). */
export interface DecisionRow {
  id: string;
  leaseId: string;
  stepId: string;
  person: string;
  personKey: string;
  verdict: 'approve' | 'reject';
  comment?: string;
  scopeHash: string;
  startAt?: Millis;
  durationMinutes: number;
  decidedAt: Millis;
}

/** One row of `sessions`; under a lease, or of a standing role. */
export interface SessionRow {
  id: string;
  leaseId?: string;
  /** Version of the lease under which issuing was recorded. */
  leaseVersion?: number;
  requester: string;
  accountRef: string;
  accountId: string;
  partition: Partition;
  roleId: string;
  roleArn: string;
  type: SessionType;
  state: SessionState;
  sessionName: string;
  accessKeyId?: string;
  requestedAt: Millis;
  issuedAt?: Millis;
  /** AWS takes the credentials until then. While `issuing`: the latest it could be. */
  expiresAt: Millis;
  errorCode?: string;
}

/** One row of `activity_events`. */
export interface ActivityEventRow {
  leaseId: string;
  eventId: string;
  at: Millis;
  sessionId?: string;
  service: string;
  action: string;
  region: string;
  accessLevel: string;
  refused: boolean;
  errorCode?: string;
  errorMessage?: string;
  resources: string[];
  sourceIp?: string;
  userAgent?: string;
  viaConsole: boolean;
  chained: boolean;
  sensitive: Array<{ rule: string; why: string }>;
  profileHint?: string;
  /** Redacted. */
  record: Record<string, unknown>;
}

/** One row of `evidence`: how the activity of a lease stands. */
export interface EvidenceRow {
  leaseId: string;
  state: 'collecting' | 'complete' | 'logs-missing';
  words: string;
  lastLookAt: Millis;
  nextLookAt?: Millis;
  settledAt?: Millis;
  source: string;
  regions: string[];
  dataEvents: 'seen' | 'not-seen' | 'unknown';
  filesRead?: number;
  unreadable: string[];
  sessionsMissing: string[];
  eventCount: number;
  /** SHA-256 over the canonical JSON of events, coverage and sessions. */
  hash: string;
  /** Set by the verdict; a frozen row is never written again. */
  frozenAt?: Millis;
}

/** One row of `reviews`. */
export interface ReviewRow {
  id: string;
  leaseId: string;
  reviewer: string;
  verdict: 'accepted' | 'flagged';
  comment: string;
  checklist: Checklist;
  followUps: FollowUp[];
  evidenceHash: string;
  override?: string;
  at: Millis;
}

/** One entry of the audit log, before it is chained. */
export interface AuditEvent {
  at: Millis;
  /** Entity ref, `system`, or what a caller called itself (`service:…`). */
  actor: string;
  action: string;
  outcome: 'done' | 'refused' | 'failed';
  leaseId?: string;
  accountRef?: string;
  code?: string;
  /** Never secrets (I10). */
  details: Record<string, unknown>;
}

/** One row of `audit_log`. */
export interface AuditRow extends AuditEvent {
  seq: number;
  prevHash: string;
  /** SHA-256 over canonical JSON of {prevHash, seq, event}. */
  hash: string;
}

/** Messages written with a transaction, delivered after it. */
export type OutboxMessage =
  | {
      kind: 'notification';
      recipients: string[];
      title: string;
      description: string;
      /** Path in the portal. */
      link: string;
      severity: 'low' | 'normal' | 'high' | 'critical';
      topic: string;
      /** Updates in place. */
      scope: string;
    }
  | { kind: 'signal'; leaseId: string }
  | { kind: 'kill'; leaseId: string }
  | { kind: 'collect'; leaseId: string };

/** One row of `outbox`. */
export interface OutboxRow {
  id: string;
  message: OutboxMessage;
  createdAt: Millis;
  availableAt: Millis;
  /** How often it was claimed, this time included. */
  attempts: number;
  deliveredAt?: Millis;
  /** When delivering was given up; kept with its last error. */
  abandonedAt?: Millis;
  lastError?: string;
}

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
    order?: 'newest' | 'oldest',
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
}

export interface ActivityStore {
  /** Inserts what is new, by (leaseId, eventId). */
  upsert(rows: ActivityEventRow[]): Promise<void>;
  list(
    leaseId: string,
    filter: {
      session?: string;
      accessLevel?: string;
      only?: 'writes' | 'refused' | 'sensitive';
      service?: string;
      text?: string;
    },
    page: { limit: number; cursor?: string },
  ): Promise<{ items: ActivityEventRow[]; nextCursor?: string }>;
  get(leaseId: string, eventId: string): Promise<ActivityEventRow | undefined>;
  counts(leaseId: string): Promise<{
    total: number;
    writes: number;
    refused: number;
    sensitive: number;
    services: Array<{ service: string; count: number }>;
  }>;
  /** In order of time and id, in batches, for hashing. */
  all(leaseId: string): AsyncIterable<ActivityEventRow>;
}

export interface EvidenceStore {
  get(leaseId: string): Promise<EvidenceRow | undefined>;
  /** Writes unless the row is frozen. @returns false where it is. */
  put(row: EvidenceRow): Promise<boolean>;
}

export interface ReviewStore {
  insert(row: ReviewRow): Promise<void>;
  ofLease(leaseId: string): Promise<ReviewRow[]>;
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
