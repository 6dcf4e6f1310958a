import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { breakGlassPermissions } from 'backstage-plugin-break-glass-common';
import {
  ActivitySource,
  ApprovalCondition,
  breakGlassActivityExtensionPoint,
  breakGlassApprovalConditionsExtensionPoint,
  breakGlassCredentialBrokerExtensionPoint,
  breakGlassSensitiveRulesExtensionPoint,
  breakGlassTicketsExtensionPoint,
  clockServiceRef,
  CredentialBroker,
  SensitiveRule,
  TicketValidator,
} from 'backstage-plugin-break-glass-node';
import { warnWhereUnreadable } from './activitySource';
import { createServices } from './createServices';
import {
  createRouter,
  criteriaFrom,
  leaseResourceRef,
  leaseRules,
} from './router';
import { scheduleTasks } from './scheduleTasks';

/**
 * The Break Glass backend: leases, approvals, federation, activity, review and audit.
 *
 * @public
 */
export const breakGlassPlugin = createBackendPlugin({
  pluginId: 'break-glass',
  register(env) {
    let source: ActivitySource | undefined;
    env.registerExtensionPoint(breakGlassActivityExtensionPoint, {
      setActivitySource(given) {
        if (source) {
          throw new Error(
            `Two activity sources for break glass: ${source.id} and ${given.id}. Install one module only.`,
          );
        }
        source = given;
      },
    });
    const sensitiveRules: SensitiveRule[] = [];
    env.registerExtensionPoint(breakGlassSensitiveRulesExtensionPoint, {
      addSensitiveRules: (...rules) => sensitiveRules.push(...rules),
    });
    const lookups = {
      ticketValidators: [] as TicketValidator[],
      approvalConditions: [] as ApprovalCondition[],
    };
    env.registerExtensionPoint(breakGlassTicketsExtensionPoint, {
      addTicketValidator: it => lookups.ticketValidators.push(it),
    });
    env.registerExtensionPoint(breakGlassApprovalConditionsExtensionPoint, {
      addApprovalCondition: it => lookups.approvalConditions.push(it),
    });
    let credentialBroker: CredentialBroker | undefined;
    env.registerExtensionPoint(breakGlassCredentialBrokerExtensionPoint, {
      setCredentialBroker(given) {
        if (credentialBroker) {
          throw new Error(
            `Two credential brokers for break glass: ${credentialBroker.id} and ${given.id}. Install one module only.`,
          );
        }
        credentialBroker = given;
      },
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const services = await createServices({
          ...deps,
          sourceOfModule: source,
          sensitiveRules,
          lookups,
          credentialBroker,
        });
        deps.permissionsRegistry.addResourceType({
          resourceRef: leaseResourceRef,
          permissions: breakGlassPermissions,
          rules: Object.values(leaseRules),
          getResources: async ids => {
            const { database, config } = services.deps;
            const now = deps.clock.now();
            const rows = await database.leases.list(
              { ids, now },
              { limit: ids.length },
            );
            const byId = new Map(rows.map(row => [row.id, row]));
            const { approvalPolicies } = config;
            return ids.map(id => {
              const row = byId.get(id);
              return row && { row, now, approvalPolicies };
            });
          },
        });
        deps.httpRouter.use(
          createRouter({
            ...services,
            auditor: deps.auditor,
            httpAuth: deps.httpAuth,
            logger: deps.logger,
            permissions: deps.permissions,
            criteriaOf: criteriaFrom(
              deps.permissionsRegistry,
              services.deps.config.approvalPolicies,
            ),
          }),
        );
        deps.httpRouter.addAuthPolicy({
          path: '/openapi.json',
          allow: 'unauthenticated',
        });
        await deps.events.subscribe({
          id: 'break-glass-unbrokered',
          topics: [services.deps.config.unbrokered.topic],
          onEvent: async ({ eventPayload }) =>
            services.unbrokered.topic.onEvent(eventPayload),
        });
        await scheduleTasks(services, deps);
        deps.lifecycle.addStartupHook(() => {
          void warnWhereUnreadable(services.source, deps.logger);
        });
      },
    });
  },
});
