import {
  Checklist,
  FollowUp,
  ResidueKind,
} from 'backstage-plugin-break-glass-common';
import { Millis } from './leaseRows';

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
  /** Account whose trail delivered it, where it is not the lease's own. */
  accountId?: string;
  /** Other accounts that recorded the same call. */
  alsoIn?: string[];
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
  notes: string[];
  blindSpots: string[];
  /** Over all looks so far. */
  bytesScanned?: number;
  /** Counts over the events, and of the residue that is still open: what lists show. */
  writes: number;
  refused: number;
  sensitive: number;
  residueOpen: number;
  /** Networks that the calls came from, at most 100. */
  networks: string[];
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

/** One row of `residue`: something made under a lease that can outlive it. */
export interface ResidueRow {
  leaseId: string;
  /** SHA-256, stable within the lease. */
  key: string;
  kind: ResidueKind;
  what: string;
  resource: string;
  eventId: string;
  at: Millis;
  /** `gone` is what the lease's own events removed; `removed` and `justified` are a reviewer's word. */
  state: 'open' | 'gone' | 'removed' | 'justified';
  comment?: string;
  decidedBy?: string;
  decidedAt?: Millis;
}

/** One row of `follow_ups`: of a lease or of an unbrokered use. */
export interface FollowUpRow {
  id: string;
  leaseId?: string;
  unbrokeredId?: string;
  reviewId: string;
  accountTitle: string;
  title: string;
  owner?: string;
  dueAt?: Millis;
  createdAt: Millis;
  createdBy: string;
  doneAt?: Millis;
  doneBy?: string;
  doneComment?: string;
  remindedAt?: Millis;
}
