import { Explanation } from 'backstage-plugin-break-glass-common';
import { Identity, sameHuman } from '../accounts/humans';
import { isExcluded, matches, PersonFacts } from '../accounts/principals';
import { Person } from '../accounts/types';
import { analyseDecision, fitsStep, progress } from '../approvals';
import { ApprovalFacts, DecisionAnalysis } from '../approvals/types';
import {
  ApprovalPolicyConfig,
  BreakGlassConfig,
  RoleConfig,
} from '../config/types';
import { DecisionRow, LeaseRow, Millis } from '../database/types';
import { canHappen, statusAt } from './lifecycle';

/** Yes, with nothing against it. */
export const allowed: Explanation = { allowed: true, reasons: [] };

/** No, with one reason in words. */
export function refused(code: string, message: string): Explanation {
  return { allowed: false, reasons: [{ code, message }] };
}

/** Whether a person is eligible for a role on an account. */
export function explainEligible(
  role: RoleConfig,
  person: Person | undefined,
  accountOwner: string | undefined,
  who: string,
): Explanation {
  if (person && matches(role.eligible, person, accountOwner)) {
    return allowed;
  }
  return refused(
    'not-eligible',
    `You are not eligible for ${role.title}. Eligible: ${who}.`,
  );
}

/** Whether a request can be taken back. */
export function explainCancel(
  row: LeaseRow,
  caller: string,
  now: Millis,
): Explanation {
  if (row.requester !== caller) {
    return refused(
      'not-requester',
      'Only the person who asked can take a request back.',
    );
  }
  return canHappen(row, 'cancel', now)
    ? allowed
    : refused(
        'wrong-status',
        `This lease is ${statusAt(
          row,
          now,
        )}; only a request that waits can be taken back.`,
      );
}

/** Whether the requester can end it. Depends on nothing but the lease (I4). */
export function explainEnd(
  row: LeaseRow,
  caller: string,
  now: Millis,
): Explanation {
  if (row.requester !== caller) {
    return refused(
      'not-requester',
      'Only the person who asked can end a lease.',
    );
  }
  return canHappen(row, 'end', now)
    ? allowed
    : refused('wrong-status', `This lease is ${statusAt(row, now)}.`);
}

/**
 * Whether a person can take a lease away: responders, those who approved it,
 * which the lease itself knows even where the catalog cannot be read (I4), and of an
 * emergency everybody who could have.
 */
export function explainRevoke(
  row: LeaseRow,
  facts: { approved: boolean; mayRevoke: boolean },
  now: Millis,
): Explanation {
  if (!facts.approved && !facts.mayRevoke) {
    return refused(
      'not-responder',
      'Only incident responders and those who approved a lease can revoke it; one that no person approved, also those who could have.',
    );
  }
  return canHappen(row, 'revoke', now)
    ? allowed
    : refused('wrong-status', `This lease is ${statusAt(row, now)}.`);
}

/** Whether somebody may take a lease away who did not approve it. */
export function mayRevoke(
  config: Pick<BreakGlassConfig, 'responders'>,
  row: LeaseRow,
  person: Person,
): boolean {
  // Whoever it is for ends it: nobody approves, nor takes away, their own.
  const { requester, beneficiary } = partiesOf(row);
  const involved =
    sameHuman(requester, person) ||
    (beneficiary !== undefined && sameHuman(beneficiary, person));
  const couldHaveApproved =
    !involved &&
    row.scope.approvalPolicy.steps.some(step =>
      fitsStep(step, person, row.accountOwner),
    );
  return (
    matches(config.responders, person) ||
    (row.approvalKind !== 'people' && couldHaveApproved)
  );
}

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

/** People by ref, as the catalog knows them now; who is not there is nobody. */
export type KnownPeople = ReadonlyMap<string, Person | undefined>;

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

/** Whose decision on a lease never counts, with what the catalog says of them now. */
function partiesOf(
  row: Pick<
    LeaseRow,
    'requester' | 'requesterKey' | 'beneficiary' | 'beneficiaryKey'
  >,
  known: KnownPeople = new Map(),
): { requester: Identity; beneficiary?: Identity } {
  const identity = (ref: string, key = ref) => ({
    ...known.get(ref),
    ref,
    key,
  });
  return {
    requester: identity(row.requester, row.requesterKey),
    beneficiary: row.beneficiary
      ? identity(row.beneficiary, row.beneficiaryKey)
      : undefined,
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

/** Whether a person may read a lease. The same rule filters lists in the database: {@link readableBy}. */
export function mayRead(
  config: BreakGlassConfig,
  row: LeaseRow,
  person: Person,
): boolean {
  const scope = readableBy(config, person);
  return (
    !scope ||
    row.requester === scope.person ||
    row.beneficiary === scope.person ||
    (!!row.accountOwner && scope.owners.includes(row.accountOwner)) ||
    scope.policyIds.includes(row.approvalPolicyId)
  );
}

/** What a person may read; undefined: every lease. */
export function readableBy(
  config: BreakGlassConfig,
  person: Person,
): { person: string; owners: string[]; policyIds: string[] } | undefined {
  const seesAll = [config.reviewers, config.responders, config.auditors].some(
    principals => matches(principals, person),
  );
  return seesAll
    ? undefined
    : {
        person: person.ref,
        owners: [person.ref, ...person.groups],
        policyIds: decidableBy(config, person).policyIds,
      };
}

/** Policies under which a person may decide, by membership or as account owner. */
export function decidableBy(
  config: Pick<BreakGlassConfig, 'approvalPolicies'>,
  person: PersonFacts,
): { policyIds: string[]; ownedPolicyIds: string[]; owners: string[] } {
  const policyIds: string[] = [];
  const ownedPolicyIds: string[] = [];
  for (const { id, steps } of config.approvalPolicies) {
    if (
      steps.some(
        step => matches(step.from, person) && !isExcluded(step.exclude, person),
      )
    ) {
      policyIds.push(id);
    } else if (steps.some(step => step.from.accountOwner)) {
      ownedPolicyIds.push(id);
    }
  }
  return { policyIds, ownedPolicyIds, owners: [person.ref, ...person.groups] };
}
