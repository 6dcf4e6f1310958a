import { BreakGlassConfig, RoleConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { BoundaryTarget } from './types';

/** Where the credentials of a lease can be killed. */
export type KillTarget =
  | {
      type: 'boundary';
      boundary: BoundaryTarget;
      /** Every role in the account that carries this boundary: their leases share its one document. */
      roleArns: string[];
    }
  /** Configuration says that no boundary is deployed. */
  | { type: 'none' }
  /** The role left the configuration, and no other entry names it. */
  | { type: 'unknown' };

type Place = Pick<LeaseRow, 'partition' | 'accountId'>;

/**
 * Finds the boundary of a lease's role. Depends on the lease's row and the
 * kill section of the configuration only: neither the catalog nor eligibility
 * can keep a lease from being killed (I4).
 */
export function killTarget(
  config: Pick<BreakGlassConfig, 'roles' | 'externalIds'>,
  row: LeaseRow,
): KillTarget {
  const role =
    config.roles.find(each => each.id === row.roleId) ??
    config.roles.find(each => filled(each.arn, row) === row.roleArn);
  if (!role) {
    return { type: 'unknown' };
  }
  if (role.kill.type === 'none') {
    return { type: 'none' };
  }
  const policyArn = filled(role.kill.policyArn, row);
  return {
    type: 'boundary',
    boundary: {
      partition: row.partition,
      region: row.region,
      accountId: row.accountId,
      policyArn,
      killerRoleArn: filled(role.kill.killerRoleArn, row),
      externalId: config.externalIds[row.accountId],
    },
    roleArns: sharing(config.roles, row, policyArn),
  };
}

function sharing(
  roles: RoleConfig[],
  row: LeaseRow,
  policyArn: string,
): string[] {
  const arns = roles
    .filter(
      role =>
        role.kill.type === 'boundary' &&
        filled(role.kill.policyArn, row) === policyArn,
    )
    .map(role => filled(role.arn, row));
  return [...new Set([row.roleArn, ...arns])].sort();
}

function filled(template: string, place: Place): string {
  return template
    .split('${partition}')
    .join(place.partition)
    .split('${accountId}')
    .join(place.accountId);
}
