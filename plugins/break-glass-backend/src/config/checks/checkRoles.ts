import { ConfigProblem } from '../configError';
import { RoleInput } from '../schema/roleSchema';
import { Section } from '../schema/sectionSchema';

type LeaseRole = Extract<RoleInput, { access: 'lease' }>;

/** Durations within the role's own limit, and a kill policy that only one IAM role writes. */
export function checkRoles(section: Section): ConfigProblem[] {
  return section.roles.flatMap((role, index) =>
    role.access === 'lease'
      ? [
          ...standingTwins(role, index, section.roles),
          ...suggestionsAbove(role, index),
          ...killConflicts(role, index, section.roles.slice(0, index)),
        ]
      : [],
  );
}

/** A lease would be for show where somebody has the same IAM role at any time. */
function standingTwins(
  role: LeaseRole,
  index: number,
  roles: RoleInput[],
): ConfigProblem[] {
  return roles
    .filter(other => other.access === 'standing' && other.arn === role.arn)
    .map(other => ({
      path: ['roles', index, 'arn'],
      reason: `is the IAM role of '${other.id}', which is standing and needs no lease`,
    }));
}

function suggestionsAbove(role: LeaseRole, index: number): ConfigProblem[] {
  return role.suggestedDurations.flatMap((minutes, at) =>
    minutes <= role.maxDuration
      ? []
      : [
          {
            path: ['roles', index, 'suggestedDurations', at],
            reason: `is above maxDuration of '${role.id}' (${role.maxDuration} min)`,
          },
        ],
  );
}

/**
 * The kill policy of a role is written as a whole from that role's leases: two IAM
 * roles on one policy would undo each other, and two ways to kill one IAM role would leave one undone.
 */
function killConflicts(
  role: LeaseRole,
  index: number,
  before: RoleInput[],
): ConfigProblem[] {
  return before.flatMap(other => {
    if (other.access !== 'lease') {
      return [];
    }
    const sameRole = other.arn === role.arn;
    const sameKill = JSON.stringify(other.kill) === JSON.stringify(role.kill);
    const samePolicy =
      other.kill.type === 'boundary' &&
      role.kill.type === 'boundary' &&
      other.kill.policyArn === role.kill.policyArn;
    if (sameRole && !sameKill) {
      return [
        {
          path: ['roles', index, 'kill'],
          reason: `must be the same as of '${other.id}', which is the same IAM role`,
        },
      ];
    }
    return !sameRole && samePolicy
      ? [
          {
            path: ['roles', index, 'kill', 'boundaryPolicyArn'],
            reason: `is the one of '${other.id}', which is another IAM role: each needs its own`,
          },
        ]
      : [];
  });
}
