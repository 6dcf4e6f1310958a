import { Account } from '../../accounts/types';
import {
  ApprovalPolicyConfig,
  BreakGlassConfig,
  RoleConfig,
} from '../../config/types';
import { policiesEver } from '../selectPolicy';
import { PolicyInUse } from './provePolicy';

/** Accounts that are one to a proof: the same role, policy and owner, where the owner has a say. */
export interface AccountClass {
  key: string;
  role: RoleConfig;
  policy: ApprovalPolicyConfig;
  use: PolicyInUse;
  /** Titles, in the order of the catalog. */
  accounts: string[];
}

/** A role's policy in use on accounts of an owner, whom it leaves out where no rule looks at them. */
export function policyInUse(
  role: Pick<RoleConfig, 'eligible'>,
  policy: Pick<ApprovalPolicyConfig, 'steps'>,
  owner: string | undefined,
): PolicyInUse {
  const ownerMatters =
    role.eligible.accountOwner ||
    policy.steps.some(
      ({ from, exclude }) => from.accountOwner || exclude.accountOwner,
    );
  return {
    policy,
    eligible: role.eligible,
    accountOwner: ownerMatters ? owner : undefined,
  };
}

/** What a proof depends on, as a name for it: with the steps themselves, because leases keep theirs when the configuration changes. */
export function keyOfUse({ policy, eligible, accountOwner }: PolicyInUse) {
  return JSON.stringify([eligible, policy.steps, accountOwner ?? null]);
}

/**
 * Sorts accounts into classes. Profiles select policies and have no part in
 * them, so profiles with one policy are one class. In a freeze that adds a step,
 * every account may be in a second one.
 * @param usable - whether a policy lets leases be asked for on an account at all
 */
export function accountClasses(
  config: Pick<BreakGlassConfig, 'roles' | 'approvalPolicies' | 'freezes'>,
  accounts: Account[],
  usable: (account: Account, policy: ApprovalPolicyConfig) => boolean,
): AccountClass[] {
  const classes = new Map<string, AccountClass>();
  for (const role of config.roles.filter(({ access }) => access === 'lease')) {
    for (const account of accounts) {
      const policies = policiesEver(config, role, account);
      for (const policy of policies.filter(each => usable(account, each))) {
        const use = policyInUse(role, policy, account.owner);
        const key = JSON.stringify([role.id, policy.id, use.accountOwner]);
        const known = classes.get(key);
        if (known) {
          known.accounts.push(account.title);
        } else {
          const titles = [account.title];
          classes.set(key, { key, role, policy, use, accounts: titles });
        }
      }
    }
  }
  return [...classes.values()];
}
