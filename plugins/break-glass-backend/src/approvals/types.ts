import { ApprovalPolicyConfig } from '../config/types';
import { Identity } from '../accounts/humans';
import { Person } from '../accounts/types';

/** A decision as the rules see it. */
export interface RecordedDecision {
  stepId: string;
  /** Entity ref, or `system`. */
  person: string;
  personKey: string;
  verdict: 'approve' | 'reject';
  /** The person as the catalog knows them now; absent: ref and key are all that is known. */
  now?: Identity;
}

/** All that decides on who may approve, and whether a policy is met. */
export interface ApprovalFacts {
  policy: ApprovalPolicyConfig;
  requester: Identity;
  beneficiary?: Identity;
  /** Owner of the account, where it is known. */
  accountOwner?: string;
  decisions: RecordedDecision[];
}

/** What one person may do on a lease's steps, with every reason. */
export interface DecisionAnalysis {
  allowed: boolean;
  reasons: Array<{ code: string; message: string }>;
  /** Steps that the person fits and that still need somebody. */
  stepIds: string[];
}

/** Where a policy stands. */
export interface ApprovalProgress {
  met: boolean;
  rejected: boolean;
  missing: number;
  steps: Array<{ id: string; approvals: number; met: boolean; open: boolean }>;
}

export type { Person };
