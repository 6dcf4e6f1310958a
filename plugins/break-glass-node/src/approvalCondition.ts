import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { LookupPerson } from './ticketValidator';

/** A request that might be approved without people. */
export interface ConditionQuestion {
  requester: LookupPerson;
  beneficiary?: LookupPerson;
  ticket?: string;
  accountId: string;
  roleId: string;
  profileId: string;
}

/** What a condition found. */
export interface ConditionAnswer {
  holds: boolean;
  /** Why, or why not: a sentence for the audit log and the approvers. */
  words: string;
  /** What was relied on; goes into the audit log. No secrets. */
  facts: Record<string, string | number | boolean>;
}

/**
 * A condition for approving a request without people. What requester or beneficiary
 * made themselves (an incident, an override of a schedule) must not count.
 */
export interface ApprovalCondition {
  /** Stable id, of small letters and hyphens; approval policies name it. */
  id: string;
  /** Ends a sentence that begins with “approved at once where”. */
  words: string;
  /** @throws anything where it cannot tell: the request then waits for people. */
  evaluate(
    question: ConditionQuestion,
    options: { signal: AbortSignal },
  ): Promise<ConditionAnswer>;
}

/** Lets modules add conditions. */
export interface BreakGlassApprovalConditionsExtensionPoint {
  /** The backend does not start where an id is taken. */
  addApprovalCondition(condition: ApprovalCondition): void;
}

/** Extension point for conditions of automatic approval. */
export const breakGlassApprovalConditionsExtensionPoint =
  createExtensionPoint<BreakGlassApprovalConditionsExtensionPoint>({
    id: 'break-glass.approval-conditions',
  });
