// Used by tests only, though not one itself.
import {
  AuthorizeResult,
  isResourcePermission,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_LEASE } from 'backstage-plugin-break-glass-common';
// The policy that the demo runs with, and gives as an example: what is shown is what is tested.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { ExamplePolicy } from '../../../../packages/backend/src/permissionPolicy';
import {
  breakGlassLeaseConditions,
  createBreakGlassLeaseConditionalDecision,
} from '../router/permissions/leaseConditions';

/** The account whose leases the conditional policy keeps from everybody. */
export const WITHHELD_ACCOUNT = 'resource:default/data-lake';

type Conditions = PermissionCriteria<
  PermissionCondition<typeof RESOURCE_TYPE_LEASE>
>;

/** The demo's policy, narrowed by one account more. */
class WithoutOneAccount implements PermissionPolicy {
  private readonly example = new ExamplePolicy();

  async handle(
    query: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const { permission } = query;
    const decision = await this.example.handle(query, user);
    if (
      decision.result === AuthorizeResult.DENY ||
      !isResourcePermission(permission, RESOURCE_TYPE_LEASE)
    ) {
      return decision;
    }
    const elsewhere: Conditions = {
      not: breakGlassLeaseConditions.isAccount({
        accountRefs: [WITHHELD_ACCOUNT],
      }),
    };
    return createBreakGlassLeaseConditionalDecision(
      permission,
      decision.result === AuthorizeResult.CONDITIONAL
        ? { allOf: [decision.conditions as Conditions, elsewhere] }
        : elsewhere,
    );
  }
}

const always = (
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
): PermissionPolicy => ({ handle: async () => ({ result }) });

/** How a portal can stand to the permission framework. */
export interface PermissionMode {
  /** None: permissions are disabled. */
  policy?: PermissionPolicy;
  deniesAll?: boolean;
  withholds?: boolean;
}

/** Each way in which a portal can stand to the permission framework, by name. */
export const PERMISSION_MODES: Array<[string, PermissionMode]> = [
  [
    'a policy that allows everything',
    { policy: always(AuthorizeResult.ALLOW) },
  ],
  [
    'a policy that denies everything',
    { policy: always(AuthorizeResult.DENY), deniesAll: true },
  ],
  [
    'a conditional policy',
    { policy: new WithoutOneAccount(), withholds: true },
  ],
  ['permissions disabled', {}],
];
