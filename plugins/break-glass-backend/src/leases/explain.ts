import { Explanation } from 'backstage-plugin-break-glass-common';
import { sameHuman } from '../accounts/humans';
import { isExcluded, matches, PersonFacts } from '../accounts/principals';
import { Person } from '../accounts/types';
import { fitsStep } from '../approvals';
import { BreakGlassConfig, RoleConfig } from '../config/types';
import { LeaseRow, Millis } from '../database/types';
import { canHappen, statusAt } from './lifecycle';
import { partiesOf } from './partiesOf';

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
