import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  breakGlassLeaseConditions as lease,
  createBreakGlassLeaseConditionalDecision,
} from 'backstage-plugin-break-glass-backend';
import {
  activityReadPermission,
  leaseReadPermission,
  panicUpdatePermission,
} from 'backstage-plugin-break-glass-common';

/** Groups that see every lease and what was done under it. */
const OVERSIGHT = [
  'group:default/security-reviewers',
  'group:default/incident-responders',
  'group:default/auditors',
];
const RESPONDERS = 'group:default/incident-responders';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * The demo's policy, and an example for others. Break Glass enforces its own
 * rules whatever a policy says; this one only takes away: people see the leases
 * that they take part in, and what was done under their own.
 */
export class ExamplePolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const claims = user?.info.ownershipEntityRefs ?? [];
    const me = user ? [user.info.userEntityRef] : [];
    const oversees = claims.some(ref => OVERSIGHT.includes(ref));

    if (isPermission(permission, leaseReadPermission) && !oversees) {
      return createBreakGlassLeaseConditionalDecision(permission, {
        anyOf: [
          lease.isRequester({ userRefs: me }),
          lease.isBeneficiary({ userRefs: me }),
          lease.isAccountOwner({ claims }),
          lease.canDecide({ claims }),
        ],
      });
    }
    if (isPermission(permission, activityReadPermission) && !oversees) {
      return createBreakGlassLeaseConditionalDecision(permission, {
        anyOf: [
          lease.isRequester({ userRefs: me }),
          lease.isAccountOwner({ claims }),
        ],
      });
    }
    if (isPermission(permission, panicUpdatePermission)) {
      return claims.includes(RESPONDERS) ? ALLOW : DENY;
    }
    return ALLOW;
  }
}

/** Gives the permission backend the policy. */
export const permissionPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'break-glass-example-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new ExamplePolicy());
      },
    });
  },
});
