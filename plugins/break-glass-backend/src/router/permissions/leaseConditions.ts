import { createConditionExports } from '@backstage/plugin-permission-node';
import { leaseResourceRef } from './leaseResource';
import { leaseRules } from './leaseRules';

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: leaseResourceRef,
  rules: leaseRules,
});

/**
 * Conditions on leases, for a portal's permission policy: one for each rule.
 *
 * @public
 */
export const breakGlassLeaseConditions = conditions;

/**
 * Makes a conditional decision on a permission of leases.
 *
 * @public
 */
export const createBreakGlassLeaseConditionalDecision =
  createConditionalDecision;
