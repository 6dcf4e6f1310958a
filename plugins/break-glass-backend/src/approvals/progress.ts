import { ApprovalStepConfig } from '../config/types';
import { ApprovalFacts, ApprovalProgress, RecordedDecision } from './types';

/** Whether a decision is the requester's or the beneficiary's: those never count (I1). */
export function isInvolved(
  facts: Pick<ApprovalFacts, 'requester' | 'beneficiary'>,
  person: { ref: string; key: string },
): 'requester' | 'beneficiary' | undefined {
  const same = (other: { ref: string; key: string } | undefined) =>
    other !== undefined &&
    (other.ref === person.ref || other.key === person.key);
  if (same(facts.requester)) {
    return 'requester';
  }
  return same(facts.beneficiary) ? 'beneficiary' : undefined;
}

/** Decisions that count: of people who are not involved, the first of each, in the order they were made. */
export function countingDecisions(facts: ApprovalFacts): RecordedDecision[] {
  const refs = new Set<string>();
  const keys = new Set<string>();
  return facts.decisions.filter(({ person, personKey }) => {
    const again = refs.has(person) || keys.has(personKey);
    refs.add(person);
    keys.add(personKey);
    return (
      !again &&
      person !== 'system' &&
      !isInvolved(facts, { ref: person, key: personKey })
    );
  });
}

/**
 * Where a policy stands. Whether a person fitted the step was checked when the decision was
 * made; what no later check may forget is checked here again: nobody involved, nobody twice, and the order of steps.
 */
export function progress(facts: ApprovalFacts): ApprovalProgress {
  const { steps, order } = facts.policy;
  const approvals = new Map(steps.map(step => [step.id, 0]));
  const met = (step: ApprovalStepConfig) =>
    approvals.get(step.id)! >= step.count;
  const reached = (index: number) =>
    order === 'parallel' || steps.slice(0, index).every(met);
  let rejected = false;
  for (const decision of countingDecisions(facts)) {
    const index = steps.findIndex(({ id }) => id === decision.stepId);
    if (index < 0 || !reached(index)) {
      continue;
    }
    if (decision.verdict === 'reject') {
      rejected = true;
    } else {
      approvals.set(decision.stepId, approvals.get(decision.stepId)! + 1);
    }
  }
  const allMet = steps.length > 0 && steps.every(met);
  return {
    met: allMet && !rejected,
    rejected,
    missing: steps.reduce(
      (sum, step) => sum + Math.max(0, step.count - approvals.get(step.id)!),
      0,
    ),
    steps: steps.map((step, index) => ({
      id: step.id,
      approvals: approvals.get(step.id)!,
      met: met(step),
      open: !rejected && !met(step) && reached(index),
    })),
  };
}
