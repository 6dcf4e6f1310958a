import { Identity, sameHuman } from '../accounts/humans';
import { ApprovalStepConfig } from '../config/types';
import { ApprovalFacts, ApprovalProgress, RecordedDecision } from './types';

/** Whether a decision is the requester's or the beneficiary's: those never count (I1). */
export function isInvolved(
  facts: Pick<ApprovalFacts, 'requester' | 'beneficiary'>,
  person: Identity,
): 'requester' | 'beneficiary' | undefined {
  if (sameHuman(facts.requester, person)) {
    return 'requester';
  }
  return facts.beneficiary && sameHuman(facts.beneficiary, person)
    ? 'beneficiary'
    : undefined;
}

/** Whether a person decided before, under whatever entity of theirs: one human being counts once over all steps (I1). */
export function hasDecided(
  { decisions }: Pick<ApprovalFacts, 'decisions'>,
  person: Identity,
): boolean {
  return decisions.some(each => sameHuman(deciderOf(each), person));
}

function deciderOf({ person, personKey, now }: RecordedDecision): Identity {
  return { ...now, ref: person, key: personKey };
}

/** Decisions that count: of people who are not involved, the first of each, in the order they were made. */
export function countingDecisions(facts: ApprovalFacts): RecordedDecision[] {
  return facts.decisions.filter((decision, index) => {
    const decider = deciderOf(decision);
    const before = { decisions: facts.decisions.slice(0, index) };
    return (
      decision.person !== 'system' &&
      !hasDecided(before, decider) &&
      !isInvolved(facts, decider)
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
