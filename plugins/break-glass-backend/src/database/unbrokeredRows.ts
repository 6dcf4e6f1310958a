import {
  FollowUp,
  Partition,
  UnbrokeredChecklist,
  UnbrokeredState,
} from 'backstage-plugin-break-glass-common';
import { Millis } from './leaseRows';

/** One row of `unbrokered_uses`. */
export interface UnbrokeredRow {
  id: string;
  version: number;
  /** SHA-256 of what makes a use the same one, whoever reports it. */
  identity: string;
  state: UnbrokeredState;
  kind: 'assume-role' | 'console-sign-in' | 'session';
  at: Millis;
  foundAt: Millis;
  via: 'search' | 'topic' | 'lease';
  seenInLogs: boolean;
  accountRef?: string;
  accountTitle: string;
  accountId: string;
  partition: Partition;
  roleId?: string;
  roleArn?: string;
  sessionArn?: string;
  principal: string;
  emergencyUser?: string;
  sessionName?: string;
  accessKeyIds: string[];
  sourceIp?: string;
  userAgent?: string;
  leaseId?: string;
  words: string;
  /** Person or group that has to explain it. */
  owner?: string;
  /** Person that the record points at, as far as that is known (I8). */
  person?: string;
  dueAt: Millis;
  justifiedBy?: string;
  justifiedAt?: Millis;
  justification?: string;
  ticket?: string;
  eventCount: number;
  collectDueAt?: Millis;
  remindedAt?: Millis;
  escalatedAt?: Millis;
}

/** One row of `unbrokered_reviews`. */
export interface UnbrokeredReviewRow {
  id: string;
  useId: string;
  reviewer: string;
  verdict: 'accepted' | 'flagged';
  comment: string;
  checklist: UnbrokeredChecklist;
  followUps: FollowUp[];
  at: Millis;
}
