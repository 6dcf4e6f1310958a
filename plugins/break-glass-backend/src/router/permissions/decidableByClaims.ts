import { ApprovalPolicyConfig } from '../../config/types';
import { LeaseCriterion } from '../../database/types';
import { decidableBy } from '../../leases';

/**
 * What somebody may decide who is, or is a member of, these refs. Only narrows:
 * the services look at people and groups of trusted origins themselves (I12).
 * @param claims - user and group refs
 */
export function decidableByClaims(
  approvalPolicies: ApprovalPolicyConfig[],
  claims: string[],
): NonNullable<LeaseCriterion['decidable']> {
  const users = claims.filter(ref => ref.startsWith('user:'));
  const groups = new Set(claims.filter(ref => !ref.startsWith('user:')));
  const able = (users.length ? users : ['']).map(ref =>
    decidableBy({ approvalPolicies }, { ref, groups }),
  );
  return {
    policyIds: [...new Set(able.flatMap(each => each.policyIds))],
    ownedPolicyIds: [...new Set(able.flatMap(each => each.ownedPolicyIds))],
    owners: claims,
    notOf: users,
  };
}
