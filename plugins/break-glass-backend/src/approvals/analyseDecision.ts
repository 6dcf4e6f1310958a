import { ErrorCode } from 'backstage-plugin-break-glass-common';
import { isExcluded, matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { ApprovalStepConfig } from '../config/types';
import { hasDecided, isInvolved, progress } from './progress';
import { ApprovalFacts, DecisionAnalysis } from './types';
import { stepsInWords } from './words';

type Reason = { code: ErrorCode; message: string };

/**
 * What one person may do on the steps of a policy, with every reason against it.
 * The one rule that enforcement, pages and lists of candidates all use.
 *
 * @param stepId - the step the person names; needed where they fit several
 */
export function analyseDecision(
  facts: ApprovalFacts,
  person: Person,
  stepId?: string,
): DecisionAnalysis {
  const open = openSteps(facts, person);
  const reasons = [
    ...reasonsOfPerson(facts, person),
    ...reasonsOfSteps(facts, person, open, stepId),
  ];
  const named = open.filter(({ id }) => stepId === undefined || id === stepId);
  const steps = reasons.length === 0 ? named : open;
  return {
    allowed: reasons.length === 0,
    reasons,
    stepIds:
      reasonsOfPerson(facts, person).length > 0
        ? []
        : steps.map(({ id }) => id),
  };
}

/** Whether a person fits a step, whatever was decided before. */
export function fitsStep(
  step: ApprovalStepConfig,
  person: Person,
  accountOwner: string | undefined,
): boolean {
  return (
    matches(step.from, person, accountOwner) &&
    !isExcluded(step.exclude, person, accountOwner)
  );
}

function openSteps(facts: ApprovalFacts, person: Person): ApprovalStepConfig[] {
  const stands = progress(facts).steps;
  return facts.policy.steps.filter(
    (step, index) =>
      stands[index].open && fitsStep(step, person, facts.accountOwner),
  );
}

/** What stands against the person on every step (I1). */
function reasonsOfPerson(facts: ApprovalFacts, person: Person): Reason[] {
  const reasons: Reason[] = [];
  const involved = isInvolved(facts, person);
  if (involved === 'requester') {
    reasons.push({
      code: 'self-approval',
      message: 'You asked for this lease: another person must decide on it.',
    });
  }
  if (involved === 'beneficiary') {
    reasons.push({
      code: 'beneficiary-approval',
      message:
        'This lease is on your behalf: another person must decide on it.',
    });
  }
  if (hasDecided(facts, person)) {
    reasons.push({
      code: 'already-decided',
      message:
        'You have decided on this lease already; one person counts once over all steps.',
    });
  }
  return reasons;
}

/** What stands against deciding on the named step, or on any. */
function reasonsOfSteps(
  facts: ApprovalFacts,
  person: Person,
  open: ApprovalStepConfig[],
  stepId: string | undefined,
): Reason[] {
  const { steps } = facts.policy;
  if (stepId !== undefined && !steps.some(({ id }) => id === stepId)) {
    return [
      {
        code: 'step-required',
        message: `There is no step '${stepId}'; the steps are ${quoted(
          steps,
        )}.`,
      },
    ];
  }
  const asked = steps.filter(({ id }) => stepId === undefined || id === stepId);
  const fitting = asked.filter(step =>
    fitsStep(step, person, facts.accountOwner),
  );
  if (fitting.length === 0) {
    return [notApprover(facts, asked)];
  }
  const possible = open.filter(step => fitting.includes(step));
  if (possible.length === 0) {
    return [closed(facts, fitting)];
  }
  return possible.length === 1
    ? []
    : [
        {
          code: 'step-required',
          message: `You fit more than one step: say for which you decide, ${quoted(
            possible,
          )}.`,
        },
      ];
}

function notApprover(
  facts: ApprovalFacts,
  asked: ApprovalStepConfig[],
): Reason {
  const where =
    asked.length === facts.policy.steps.length
      ? 'You are not among those who may decide on this lease'
      : `You are not among those who may decide on the step '${asked[0].title}'`;
  return {
    code: 'not-approver',
    message: `${where}. ${stepsInWords({ ...facts.policy, steps: asked })}`,
  };
}

/** The person fits, but nothing is open for them: all is decided, or it is not their turn. */
function closed(facts: ApprovalFacts, fitting: ApprovalStepConfig[]): Reason {
  const stands = progress(facts);
  if (stands.rejected || stands.met) {
    return {
      code: 'wrong-status',
      message: `This lease was ${
        stands.rejected ? 'rejected' : 'approved'
      } already; there is nothing left to decide.`,
    };
  }
  const waiting = fitting.find(
    step => !stands.steps.find(({ id }) => id === step.id)!.met,
  );
  const current = facts.policy.steps.find(
    (_, index) => stands.steps[index].open,
  );
  return waiting && current
    ? {
        code: 'wrong-status',
        message: `The step '${waiting.title}' comes after '${current.title}', which still needs a decision.`,
      }
    : {
        code: 'already-decided',
        message: `The step '${fitting[0].title}' has its approvals already; what is missing is not yours to decide.`,
      };
}

function quoted(steps: ApprovalStepConfig[]): string {
  return steps.map(({ id }) => `'${id}'`).join(', ');
}
