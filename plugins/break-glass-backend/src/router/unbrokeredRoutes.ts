import {
  unbrokeredReadPermission,
  unbrokeredUpdatePermission,
} from 'backstage-plugin-break-glass-common';
import { UnbrokeredService, UseQueries } from '../unbrokered';
import { RouteBuilder } from './RouteBuilder';

/** Uses of roles and emergency users that no lease explains. */
export function addUnbrokeredRoutes(
  routes: RouteBuilder,
  unbrokered: { queries: UseQueries; service: UnbrokeredService },
): void {
  const { queries, service } = unbrokered;
  routes.add(
    'listUnbrokered',
    [unbrokeredReadPermission],
    ({ caller, query }) => queries.list(caller, query),
  );
  routes.add(
    'getUnbrokered',
    [unbrokeredReadPermission],
    ({ caller, params }) => queries.detail(caller, params.id),
  );
  routes.add(
    'listUnbrokeredActivity',
    [unbrokeredReadPermission],
    ({ caller, params, query }) => queries.activity(caller, params.id, query),
  );
  routes.add(
    'assignUnbrokered',
    [unbrokeredUpdatePermission],
    async ({ caller, params, body }) => {
      await service.assign(caller, params.id, body.owner);
      return queries.detail(caller, params.id);
    },
  );
  routes.add(
    'justifyUnbrokered',
    [unbrokeredUpdatePermission],
    async ({ caller, params, body }) => {
      await service.justify(caller, params.id, body);
      return queries.detail(caller, params.id);
    },
  );
  routes.add(
    'reviewUnbrokered',
    [unbrokeredUpdatePermission],
    async ({ caller, params, body }) => {
      await service.review(caller, params.id, body);
      return queries.detail(caller, params.id);
    },
  );
}
