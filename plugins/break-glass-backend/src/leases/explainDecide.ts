import { Person } from '../accounts/types';
import { analyseDecision, fitsStep, progress } from '../approvals';
import { ApprovalFacts, DecisionAnalysis } from '../approvals/types';
import { ApprovalPolicyConfig } from '../config/types';
import { DecisionRow, LeaseRow, Millis } from '../database/types';
import { refused } from './explain';
import { statusAt } from './lifecycle';
import { KnownPeople, partiesOf } from './partiesOf';

/** A lease with its decisions and the policies that it must satisfy. */
export interface DecisionContext {
  row: LeaseRow;
  decisions: DecisionRow[];
  /** The policy in force now; the one frozen in the scope counts too. */
  policyNow: ApprovalPolicyConfig;
  /** Owner of the account now. */
  ownerNow?: string;
  /** Those who asked, whom it is for and who decided before, as the catalog knows them now. */
  known: KnownPeople;
}

/**
 * The facts that the approval rules look at, under the policy that is frozen in the scope.
 * @param known - absent: people are told apart by what was recorded of them
 */
export function frozenFacts(
  row: LeaseRow,
  decisions: DecisionRow[],
  known: KnownPeople = new Map(),
): ApprovalFacts {
  return factsUnder(row, row.scope.approvalPolicy, decisions, known);
}

/**
 * The same under the policy in force now: of those who decided before, only
 * who would still be asked for their step counts.
 */
export function presentFacts(context: DecisionContext): ApprovalFacts {
  const { row, decisions, policyNow, ownerNow, known } = context;
  const counting = decisions.filter(decision => {
    const step = policyNow.steps.find(each => each.id === decision.stepId);
    const person = known.get(decision.person);
    return !!step && !!person && fitsStep(step, person, ownerNow);
  });
  return {
    ...factsUnder(row, policyNow, counting, known),
    accountOwner: ownerNow,
  };
}

function factsUnder(
  row: LeaseRow,
  policy: ApprovalPolicyConfig,
  decisions: DecisionRow[],
  known: KnownPeople,
): ApprovalFacts {
  return {
    policy,
    ...partiesOf(row, known),
    accountOwner: row.accountOwner,
    decisions: decisions.map(each => ({
      stepId: each.stepId,
      person: each.person,
      personKey: each.personKey,
      verdict: each.verdict,
      now: known.get(each.person),
    })),
  };
}

/** Whether a person may decide, under the frozen policy and the present one. */
export function explainDecide(
  context: DecisionContext,
  person: Person | undefined,
  now: Millis,
  stepId?: string,
): DecisionAnalysis {
  const { row } = context;
  const analysis = explainPolicies(context, person, stepId);
  if (!analysis.allowed) {
    return analysis;
  }
  const status = statusAt(row, now);
  if (status !== 'pending') {
    return {
      ...refused(
        status === 'lapsed' ? 'lapsed' : 'wrong-status',
        `This lease is ${status}; there is nothing left to decide.`,
      ),
      stepIds: [],
    };
  }
  return analysis;
}

/** The same, whatever the state of the lease. */
export function explainPolicies(
  context: DecisionContext,
  person: Person | undefined,
  stepId?: string,
): DecisionAnalysis {
  if (!person) {
    return {
      ...refused('person-unknown', 'You are not a person in the catalog.'),
      stepIds: [],
    };
  }
  const analyses = unmet(context).map(facts =>
    analyseDecision(facts, person, stepId),
  );
  return analyses.find(analysis => !analysis.allowed) ?? inBoth(analyses);
}

/** A step counts where every policy that is still open asks this person for it. */
function inBoth(analyses: DecisionAnalysis[]): DecisionAnalysis {
  const stepIds = analyses[0].stepIds.filter(id =>
    analyses.every(analysis => analysis.stepIds.includes(id)),
  );
  return stepIds.length
    ? { allowed: true, reasons: [], stepIds }
    : {
        ...refused(
          'not-approver',
          'The approval policy was changed since this lease was requested, and no longer asks you for the same step. Let the requester ask again.',
        ),
        stepIds: [],
      };
}

/**
 * What the frozen policy and the present one still ask for, without one that is
 * met already: a policy that was edited meanwhile can be ahead of the other.
 */
function unmet(context: DecisionContext): ApprovalFacts[] {
  const { row, decisions, known } = context;
  const frozen = frozenFacts(row, decisions, known);
  const open = [frozen, presentFacts(context)].filter(
    facts => !progress(facts).met,
  );
  return open.length ? open : [frozen];
}
