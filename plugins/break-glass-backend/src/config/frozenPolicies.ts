import {
  ApprovalPolicyConfig,
  ApprovalStepConfig,
  FreezeConfig,
} from './types';

/** Id of the policy that a freeze makes of another. */
export function frozenPolicyId(policyId: string, freezeId: string): string {
  return `${policyId}-in-${freezeId}`;
}

/** Id of the step that a freeze adds. */
function freezeStepId(freezeId: string): string {
  return `freeze-${freezeId}`;
}

/** The step that a freeze added to a policy since another was frozen in a scope. */
export function stepOfNewFreeze(
  { freezes }: { freezes: FreezeConfig[] },
  now: ApprovalPolicyConfig,
  frozen: ApprovalPolicyConfig,
): ApprovalStepConfig | undefined {
  const ofFreezes = new Set(freezes.map(({ id }) => freezeStepId(id)));
  const before = new Set(frozen.steps.map(({ id }) => id));
  return now.steps.find(({ id }) => ofFreezes.has(id) && !before.has(id));
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
          steps: [...policy.steps, { id: freezeStepId(id), ...step }],
        }))
      : [],
  );
}
