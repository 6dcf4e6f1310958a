import { matchesAccount } from '../accounts/accountFilter';
import { Account } from '../accounts/types';
import { frozenPolicyId } from '../config/frozenPolicies';
import {
  ApprovalPolicyConfig,
  BreakGlassConfig,
  RoleConfig,
} from '../config/types';
import { concerns, freezesAt } from './freezes';

/** What policies are chosen from. */
export type PolicyChoices = Pick<
  BreakGlassConfig,
  'approvalPolicies' | 'freezes'
>;

/**
 * The approval policy that holds for a role on an account under a profile: that
 * of the first override that fits, else the role's own; with the step of the first
 * freeze in force that adds one. The one choice that requests, decisions, uses and
 * pages share. Pure.
 * @param at - when access is to begin, in epoch milliseconds
 * @returns undefined where the configuration has none.
 */
export function selectPolicy(
  config: PolicyChoices,
  role: RoleConfig,
  account: Account,
  profileId: string,
  at: number,
): ApprovalPolicyConfig | undefined {
  const usual = usualPolicyId(role, account, profileId);
  const freeze = freezesAt(config, role, account, at).find(({ step }) => step);
  const id = usual && freeze ? frozenPolicyId(usual, freeze.id) : usual;
  return config.approvalPolicies.find(policy => policy.id === id);
}

/** The policies that a role on one account may come to under any of its profiles, at whatever time. */
export function policiesEver(
  config: PolicyChoices,
  role: RoleConfig,
  account: Account,
): ApprovalPolicyConfig[] {
  const freezes = config.freezes.filter(
    freeze => freeze.step && concerns(freeze, role, account),
  );
  const ids = new Set(
    role.profiles.flatMap(profileId => {
      const usual = usualPolicyId(role, account, profileId);
      return usual
        ? [usual, ...freezes.map(({ id }) => frozenPolicyId(usual, id))]
        : [];
    }),
  );
  return config.approvalPolicies.filter(({ id }) => ids.has(id));
}

function usualPolicyId(
  role: RoleConfig,
  account: Account,
  profileId: string,
): string | undefined {
  const override = role.approvalOverrides.find(
    ({ profiles, accounts }) =>
      (!profiles || profiles.includes(profileId)) &&
      (!accounts || matchesAccount(accounts, account)),
  );
  return override?.approvalPolicy ?? role.approvalPolicy;
}

/** Every approval policy that a role may come to, on whatever account and under whatever profile. */
export function policyIdsOf(role: RoleConfig): string[] {
  return [
    ...new Set([
      ...(role.approvalPolicy ? [role.approvalPolicy] : []),
      ...role.approvalOverrides.map(({ approvalPolicy }) => approvalPolicy),
    ]),
  ];
}

/** The policies of a role on one account, each with the profiles that it holds for, in the role's order. */
export function policiesOn(
  config: PolicyChoices,
  role: RoleConfig,
  account: Account,
  at: number,
): Array<{ policy: ApprovalPolicyConfig; profileIds: string[] }> {
  const found = new Map<
    string,
    { policy: ApprovalPolicyConfig; profileIds: string[] }
  >();
  for (const profileId of role.profiles) {
    const policy = selectPolicy(config, role, account, profileId, at);
    if (policy) {
      const known = found.get(policy.id) ?? { policy, profileIds: [] };
      known.profileIds.push(profileId);
      found.set(policy.id, known);
    }
  }
  return [...found.values()];
}
