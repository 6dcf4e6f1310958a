import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { ApprovalPolicyConfig } from '../../config/types';
import { LeaseCriteria } from '../../database/types';
import { leaseResourceRef, LeaseRuleQuery } from './leaseResource';
import { decidableByClaims } from './decidableByClaims';

/** Turns the conditions of a policy into criteria for the database. */
export type CriteriaOf = (
  conditions: PermissionCriteria<PermissionCondition>,
) => LeaseCriteria;

/** By the rules that are registered for leases. */
export function criteriaFrom(
  registry: PermissionsRegistryService,
  approvalPolicies: ApprovalPolicyConfig[],
): CriteriaOf {
  const transform = createConditionTransformer(
    registry.getPermissionRuleset(leaseResourceRef),
  );
  return conditions => resolved(transform(conditions), approvalPolicies);
}

/** Who may decide depends on the configuration, which rules do not know. */
function resolved(
  criteria: PermissionCriteria<LeaseRuleQuery>,
  policies: ApprovalPolicyConfig[],
): LeaseCriteria {
  if ('anyOf' in criteria) {
    return { anyOf: criteria.anyOf.map(each => resolved(each, policies)) };
  }
  if ('allOf' in criteria) {
    return { allOf: criteria.allOf.map(each => resolved(each, policies)) };
  }
  if ('not' in criteria) {
    return { not: resolved(criteria.not, policies) };
  }
  const { decidableBy, ...rest } = criteria as LeaseRuleQuery;
  return decidableBy
    ? { ...rest, decidable: decidableByClaims(policies, decidableBy) }
    : rest;
}
