import { Account } from '../accounts/types';
import { ApprovalPolicyConfig, BreakGlassConfig } from '../config/types';

/**
 * Why an account that the control plane lives in cannot be used (I14).
 * The broker's accounts are refused unless they are marked; marked ones take
 * an approval policy of at least two steps.
 * @returns words, or undefined where there is nothing against it.
 */
export function controlPlaneProblem(
  config: BreakGlassConfig,
  account: Account,
  policy: ApprovalPolicyConfig,
): string | undefined {
  const hostsBroker = Object.values(config.partitions).some(
    partition => partition?.brokerAccountId === account.accountId,
  );
  if (hostsBroker && !account.controlPlane) {
    return `The account ${account.title} hosts the broker of break glass. Mark it under breakGlass.controlPlaneAccountIds to allow leases with a two-role approval.`;
  }
  const circles = new Set(policy.steps.map(step => JSON.stringify(step.from)));
  if (account.controlPlane && circles.size < 2) {
    return `The account ${account.title} belongs to the control plane: it takes a role with a two-role approval, and the policy ${policy.id} asks one circle of people only.`;
  }
  return undefined;
}
