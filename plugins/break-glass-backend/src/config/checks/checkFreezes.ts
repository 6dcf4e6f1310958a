import { ConfigProblem } from '../configError';
import { frozenPolicyId } from '../frozenPolicies';
import { Section } from '../schema/sectionSchema';
import { defaultPolicyId } from '../toConfig';

/** Longest id that the contract takes. */
const LONGEST_ID = 63;

/** Freezes name roles that are there, and the policies that they make have ids that fit. */
export function checkFreezes(section: Section): ConfigProblem[] {
  const leaseRoles = section.roles.filter(({ access }) => access === 'lease');
  const policyIds = [
    ...section.approvalPolicies.map(({ id }) => id),
    ...leaseRoles.map(({ id }) => defaultPolicyId(id)),
  ];
  return section.freezes.flatMap(({ id, roles, step }, index) => [
    ...(roles ?? [])
      .filter(role => !leaseRoles.some(each => each.id === role))
      .map(role => ({
        path: ['freezes', index, 'roles'],
        reason: `there is no role '${role}' with leases`,
      })),
    ...policyIds
      .map(policyId => frozenPolicyId(policyId, id))
      .filter(
        derived =>
          step && (derived.length > LONGEST_ID || policyIds.includes(derived)),
      )
      .map(derived => ({
        path: ['freezes', index, 'id'],
        reason: policyIds.includes(derived)
          ? `makes a policy '${derived}', which is there already`
          : `is too long: the policy '${derived}' that it makes has more than ${LONGEST_ID} characters`,
      })),
  ]);
}
