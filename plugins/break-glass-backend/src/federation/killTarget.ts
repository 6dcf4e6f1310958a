import { BreakGlassConfig, RoleConfig } from '../config/types';
import { LeaseRow } from '../database/types';
import { filledArn } from '../leases/frozenKill';
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

/**
 * Finds the boundary of a lease's role: where it lay when the lease was
 * requested, else where the configuration says. Neither the catalog nor
 * eligibility nor a changed configuration can keep a lease from being killed (I4).
 */
export function killTarget(
  config: Pick<BreakGlassConfig, 'roles' | 'externalIds'>,
  row: LeaseRow,
): KillTarget {
  if (row.killPolicyArn !== undefined && row.killerRoleArn !== undefined) {
    return boundaryTarget(config, row, row.killPolicyArn, row.killerRoleArn);
  }
  const role =
    config.roles.find(each => each.id === row.roleId) ??
    config.roles.find(each => filledArn(each.arn, row) === row.roleArn);
  if (!role) {
    return { type: 'unknown' };
  }
  if (role.kill.type === 'none') {
    return { type: 'none' };
  }
  const { policyArn, killerRoleArn } = role.kill;
  return boundaryTarget(
    config,
    row,
    filledArn(policyArn, row),
    filledArn(killerRoleArn, row),
  );
}

/** Whether the credentials of a lease are killed through that boundary. */
export function isUnder(
  config: Pick<BreakGlassConfig, 'roles' | 'externalIds'>,
  { policyArn }: Pick<BoundaryTarget, 'policyArn'>,
  row: LeaseRow,
): boolean {
  const own = killTarget(config, row);
  return own.type === 'boundary' && own.boundary.policyArn === policyArn;
}

function boundaryTarget(
  config: Pick<BreakGlassConfig, 'roles' | 'externalIds'>,
  row: LeaseRow,
  policyArn: string,
  killerRoleArn: string,
): KillTarget {
  return {
    type: 'boundary',
    boundary: {
      partition: row.partition,
      region: row.region,
      accountId: row.accountId,
      policyArn,
      killerRoleArn,
      // Changes with the account's trust policy, so the present one goes first.
      externalId: config.externalIds[row.accountId] ?? row.killExternalId,
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
        filledArn(role.kill.policyArn, row) === policyArn,
    )
    .map(role => filledArn(role.arn, row));
  return [...new Set([row.roleArn, ...arns])].sort();
}
