import { BreakGlassConfig, RoleConfig } from '../config/types';
import { LeaseRow } from '../database/types';

type Place = Pick<LeaseRow, 'partition' | 'accountId'>;

/**
 * Where the credentials of a lease will be killed, as it stands when the lease
 * is requested: a role that leaves the configuration later takes no kill with
 * it (I4). Empty where no boundary is deployed.
 */
export function frozenKill(
  config: Pick<BreakGlassConfig, 'externalIds'>,
  role: Pick<RoleConfig, 'kill'>,
  place: Place,
): Pick<LeaseRow, 'killPolicyArn' | 'killerRoleArn' | 'killExternalId'> {
  return role.kill.type === 'none'
    ? {}
    : {
        killPolicyArn: filledArn(role.kill.policyArn, place),
        killerRoleArn: filledArn(role.kill.killerRoleArn, place),
        killExternalId: config.externalIds[place.accountId],
      };
}

/** An ARN of the configuration in one account: `${partition}` and `${accountId}` filled in. */
export function filledArn(template: string, place: Place): string {
  return template
    .split('${partition}')
    .join(place.partition)
    .split('${accountId}')
    .join(place.accountId);
}
