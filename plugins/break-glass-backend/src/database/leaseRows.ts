import {
  ApprovalKind,
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
  /** Of the policy that is frozen in the scope: who may decide sees the lease. */
  approvalPolicyId: string;
  profileId: string;
  profileTitle: string;
  profileParameters: Record<string, string>;
  reason: string;
  ticket?: string;
  /** What the ticket system said at request; absent where none was asked. */
  ticketCheck?: 'confirmed' | 'unconfirmed';
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
  /** Who took the review on. */
  reviewer?: string;
  /** When reviewers were last reminded of it, and when it was escalated. */
  reviewRemindedAt?: Millis;
  reviewEscalatedAt?: Millis;
  /** When approvers were last reminded, how often, and when others were told. */
  approvalRemindedAt?: Millis;
  approvalReminders?: number;
  approvalEscalatedAt?: Millis;
  /** When the collection of activity is due next. */
  collectDueAt?: Millis;
  idempotencyKey?: string;
  /** SHA-256 of who asks for what: of one there is one open request. */
  requestKey?: string;
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
  /** Which decision it is on its lease or extension, from 1: ids of two replicas whose clocks differ do not tell. */
  ordinal: number;
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
  | { kind: 'signal'; leaseId?: string; unbrokeredId?: string }
  | { kind: 'kill'; leaseId: string }
  | { kind: 'panic'; panicId: string }
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
