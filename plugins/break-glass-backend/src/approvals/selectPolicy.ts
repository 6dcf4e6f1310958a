import { matchesAccount } from '../accounts/accountFilter';
import { Account } from '../accounts/types';
import {
  ApprovalPolicyConfig,
  BreakGlassConfig,
  RoleConfig,
} from '../config/types';

/**
 * The approval policy that holds for a role on an account under a profile: that
 * of the first override that fits, else the role's own. The one choice that
 * requests, decisions, uses and pages share. Pure.
 * @returns undefined where the configuration has none.
 */
export function selectPolicy(
  config: Pick<BreakGlassConfig, 'approvalPolicies'>,
  role: RoleConfig,
  account: Account,
  profileId: string,
): ApprovalPolicyConfig | undefined {
  const override = role.approvalOverrides.find(
    ({ profiles, accounts }) =>
      (!profiles || profiles.includes(profileId)) &&
      (!accounts || matchesAccount(accounts, account)),
  );
  const id = override?.approvalPolicy ?? role.approvalPolicy;
  return config.approvalPolicies.find(policy => policy.id === id);
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
  config: Pick<BreakGlassConfig, 'approvalPolicies'>,
  role: RoleConfig,
  account: Account,
): Array<{ policy: ApprovalPolicyConfig; profileIds: string[] }> {
  const found = new Map<
    string,
    { policy: ApprovalPolicyConfig; profileIds: string[] }
  >();
  for (const profileId of role.profiles) {
    const policy = selectPolicy(config, role, account, profileId);
    if (policy) {
      const known = found.get(policy.id) ?? { policy, profileIds: [] };
      known.profileIds.push(profileId);
      found.set(policy.id, known);
    }
  }
  return [...found.values()];
}
