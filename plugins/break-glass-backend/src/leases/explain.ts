import { Explanation } from 'backstage-plugin-break-glass-common';
import { isExcluded, matches } from '../accounts/principals';
import { Person } from '../accounts/types';
import { analyseDecision, progress } from '../approvals';
import { DecisionAnalysis } from '../approvals/types';
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
 * Whether a person can take a lease away: responders, and those who approved
 * it, which the lease itself knows even where the catalog cannot be read (I4).
 */
export function explainRevoke(
  row: LeaseRow,
  facts: { caller: string; approved: boolean; responder: boolean },
  now: Millis,
): Explanation {
  if (!facts.approved && !facts.responder) {
    return refused(
      'not-responder',
      'Only incident responders and those who approved a lease can revoke it.',
    );
  }
  return canHappen(row, 'revoke', now)
    ? allowed
    : refused('wrong-status', `This lease is ${statusAt(row, now)}.`);
}

/** A lease with its decisions and the policies that it must satisfy. */
export interface DecisionContext {
  row: LeaseRow;
  decisions: DecisionRow[];
  /** The policy in force now; the one frozen in the scope counts too. */
  policyNow: ApprovalPolicyConfig;
}

/** The facts that the approval rules look at, under one of the policies. */
export function approvalFacts(
  context: DecisionContext,
  policy: ApprovalPolicyConfig,
) {
  const { row, decisions } = context;
  return {
    policy,
    requester: { ref: row.requester, key: row.requesterKey },
    beneficiary: row.beneficiary
      ? { ref: row.beneficiary, key: row.beneficiaryKey ?? row.beneficiary }
      : undefined,
    accountOwner: row.accountOwner,
    decisions: decisions.map(each => ({
      stepId: each.stepId,
      person: each.person,
      personKey: each.personKey,
      verdict: each.verdict,
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
  if (!person) {
    return {
      ...refused('person-unknown', 'You are not a person in the catalog.'),
      stepIds: [],
    };
  }
  const analyses = unmetPolicies(context).map(policy =>
    analyseDecision(approvalFacts(context, policy), person, stepId),
  );
  const against = analyses.find(analysis => !analysis.allowed);
  if (against) {
    return against;
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
  return analyses[0];
}

/**
 * The frozen policy and the present one, without one that is met already: a
 * policy that was edited meanwhile can be ahead of the other.
 */
function unmetPolicies(context: DecisionContext): ApprovalPolicyConfig[] {
  const frozen = context.row.scope.approvalPolicy;
  const unmet = [frozen, context.policyNow].filter(
    policy => !progress(approvalFacts(context, policy)).met,
  );
  return unmet.length ? unmet : [frozen];
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
    scope.roleIds.includes(row.roleId)
  );
}

/** What a person may read; undefined: every lease. */
export function readableBy(
  config: BreakGlassConfig,
  person: Person,
): { person: string; owners: string[]; roleIds: string[] } | undefined {
  const seesAll = [config.reviewers, config.responders, config.auditors].some(
    principals => matches(principals, person),
  );
  return seesAll
    ? undefined
    : {
        person: person.ref,
        owners: [person.ref, ...person.groups],
        roleIds: decidableBy(config, person).roleIds,
      };
}

/** Roles whose requests a person may decide on, by membership or as account owner. */
export function decidableBy(
  config: BreakGlassConfig,
  person: Person,
): { roleIds: string[]; ownedRoleIds: string[]; owners: string[] } {
  const roleIds: string[] = [];
  const ownedRoleIds: string[] = [];
  for (const role of config.roles) {
    const policy = config.approvalPolicies.find(
      each => each.id === role.approvalPolicy,
    );
    const steps = policy?.steps ?? [];
    if (
      steps.some(
        step => matches(step.from, person) && !isExcluded(step.exclude, person),
      )
    ) {
      roleIds.push(role.id);
    } else if (steps.some(step => step.from.accountOwner)) {
      ownedRoleIds.push(role.id);
    }
  }
  return { roleIds, ownedRoleIds, owners: [person.ref, ...person.groups] };
}
