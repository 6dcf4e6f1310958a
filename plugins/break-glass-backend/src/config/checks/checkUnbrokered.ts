import { Partition } from 'backstage-plugin-break-glass-common';
import { ConfigProblem } from '../configError';
import { Section } from '../schema/sectionSchema';

/** Roles that are watched must be there, and emergency users lie in partitions that are configured. */
export function checkUnbrokered(section: Section): ConfigProblem[] {
  const { roles: watched = [], emergencyUsers } = section.unbrokered;
  const roleIds = new Set(section.roles.map(({ id }) => id));
  const unknown = watched.flatMap((id, index) =>
    roleIds.has(id)
      ? []
      : [
          {
            path: ['unbrokered', 'roles', index],
            reason: `there is no role '${id}'`,
          },
        ],
  );
  const arns = emergencyUsers.map(({ arn }) => arn);
  const misplaced = arns.flatMap((arn, index) => {
    const path = ['unbrokered', 'emergencyUsers', index, 'arn'];
    const partition = arn.split(':')[1];
    if (arns.indexOf(arn) !== index) {
      return [{ path, reason: 'is there twice' }];
    }
    return partition === '${partition}' ||
      section.partitions[partition as Partition]
      ? []
      : [{ path, reason: `the partition ${partition} is not configured` }];
  });
  return [...unknown, ...misplaced];
}
