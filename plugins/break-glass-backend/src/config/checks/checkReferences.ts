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
