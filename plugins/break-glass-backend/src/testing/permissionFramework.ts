// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import permissionBackend from '@backstage/plugin-permission-backend';
import { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { TestPortalOptions } from './startTestPortal';

/**
 * The stand-in for `auth`, that says in a person's token which plugin holds it, as
 * the real one does: the framework answers much to plugins alone.
 */
const authWithActors = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({
      pluginId,
      disableDefaultAuthPolicy: false,
    });
    const getPluginRequestToken = auth.getPluginRequestToken.bind(auth);
    auth.getPluginRequestToken = async request => {
      if (!auth.isPrincipal(request.onBehalfOf, 'user')) {
        return getPluginRequestToken(request);
      }
      const { userEntityRef } = request.onBehalfOf.principal;
      const actor = { subject: `plugin:${pluginId}` };
      return { token: mockCredentials.user.token(userEntityRef, { actor }) };
    };
    return auth;
  },
});

/**
 * The permission framework itself, over HTTP as in a portal: with a policy, or,
 * without one, disabled and not installed. It knows people by the groups that
 * these entities say they are members of, as a sign-in would.
 */
export function permissionFramework(
  policy: PermissionPolicy | undefined,
  entities: Entity[],
): Pick<TestPortalOptions, 'features' | 'permissions' | 'permission'> {
  return {
    permissions: permissionsServiceFactory,
    permission: { enabled: policy !== undefined },
    features: policy
      ? [
          permissionBackend,
          policyModule(policy),
          userInfoFrom(entities),
          authWithActors,
        ]
      : [],
  };
}

function policyModule(policy: PermissionPolicy) {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'policy-of-a-test',
    register(env) {
      env.registerInit({
        deps: { policies: policyExtensionPoint },
        async init({ policies }) {
          policies.setPolicy(policy);
        },
      });
    },
  });
}

function userInfoFrom(entities: Entity[]) {
  return createServiceFactory({
    service: coreServices.userInfo,
    deps: {},
    factory: () => ({
      getUserInfo: async credentials => {
        const { userEntityRef } = credentials.principal as {
          userEntityRef: string;
        };
        const entity = entities.find(
          each => stringifyEntityRef(each) === userEntityRef,
        );
        const groups = (entity?.relations ?? [])
          .filter(({ type }) => type === 'memberOf')
          .map(({ targetRef }) => targetRef);
        return {
          userEntityRef,
          ownershipEntityRefs: [userEntityRef, ...groups],
        };
      },
    }),
  });
}
