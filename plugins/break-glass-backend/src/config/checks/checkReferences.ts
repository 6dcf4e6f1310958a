import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';
import { accountIdSchema } from '../schema/values';
import { defaultPolicyId } from '../toConfig';

/** Profiles, approval policies and accounts that are named must be there. */
export function checkReferences(section: Section): ConfigProblem[] {
  const profileIds = new Set(section.profiles.map(({ id }) => id));
  const policyIds = new Set(section.approvalPolicies.map(({ id }) => id));
  const problems: ConfigProblem[] = [];
  section.roles.forEach((role, index) => {
    role.profiles.forEach((id, at) => {
      if (!profileIds.has(id)) {
        problems.push({
          path: ['roles', index, 'profiles', at],
          reason: `there is no profile '${id}'`,
        });
      }
    });
    if (role.access !== 'lease') {
      return;
    }
    if (role.approvalPolicy && !policyIds.has(role.approvalPolicy)) {
      problems.push({
        path: ['roles', index, 'approvalPolicy'],
        reason: `there is no approval policy '${role.approvalPolicy}'`,
      });
    }
    role.approvalOverrides.forEach((override, at) => {
      const path = ['roles', index, 'approvalOverrides', at];
      if (!policyIds.has(override.approvalPolicy)) {
        problems.push({
          path: [...path, 'approvalPolicy'],
          reason: `there is no approval policy '${override.approvalPolicy}'`,
        });
      }
      override.profiles
        ?.filter(id => !role.profiles.includes(id))
        .forEach(id =>
          problems.push({
            path: [...path, 'profiles'],
            reason: `'${id}' is not among the profiles of '${role.id}'`,
          }),
        );
    });
    if (!role.approvalPolicy && policyIds.has(defaultPolicyId(role.id))) {
      problems.push({
        path: ['roles', index, 'approvalPolicy'],
        reason: `is missing; the default would be called '${defaultPolicyId(
          role.id,
        )}', which is taken`,
      });
    }
  });
  Object.keys(section.externalIds).forEach(id => {
    if (!accountIdSchema.safeParse(id).success) {
      problems.push({
        path: ['externalIds', id],
        reason: 'the key must be a 12-digit account id, in quotes',
      });
    }
  });
  return problems;
}
