import { ApprovalPolicyConfig, FreezeConfig } from './types';

/** Id of the policy that a freeze makes of another. */
export function frozenPolicyId(policyId: string, freezeId: string): string {
  return `${policyId}-in-${freezeId}`;
}

/** Every policy with the step of every freeze that adds one: they have ids of their own, by which queues are filtered. */
export function frozenPolicies(
  policies: ApprovalPolicyConfig[],
  freezes: FreezeConfig[],
): ApprovalPolicyConfig[] {
  return freezes.flatMap(({ id, step }) =>
    step
      ? policies.map(policy => ({
          ...policy,
          id: frozenPolicyId(policy.id, id),
          steps: [...policy.steps, { id: `freeze-${id}`, ...step }],
        }))
      : [],
  );
}
