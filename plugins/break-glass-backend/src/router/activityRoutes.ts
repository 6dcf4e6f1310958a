import {
  activityReadPermission,
  leaseReadPermission,
} from 'backstage-plugin-break-glass-common';
import { ActivityService } from '../activity';
import { LeaseQueries } from '../leases';
import { RouteBuilder } from './RouteBuilder';

/**
 * What was done under a lease. Reading activity takes being allowed to read the
 * lease (pitfall 22).
 */
export function addActivityRoutes(
  routes: RouteBuilder,
  services: {
    leases: LeaseQueries;
    activity: ActivityService;
  },
): void {
  const { leases, activity } = services;
  routes.add(
    'listActivity',
    [activityReadPermission, leaseReadPermission],
    async ({ caller, params, query }) => {
      const { row } = await leases.read(caller, params.id);
      return activity.list(row, query);
    },
  );
  routes.add(
    'getActivityRecord',
    [activityReadPermission, leaseReadPermission],
    async ({ caller, params }) => {
      const { row } = await leases.read(caller, params.id);
      return { record: await activity.record(row, params.eventId) };
    },
  );
  routes.add(
    'collectActivity',
    [activityReadPermission, leaseReadPermission],
    async ({ caller, params }) => {
      const { row } = await leases.read(caller, params.id);
      return activity.collectNow(row);
    },
  );
  routes.add(
    'getTimeline',
    [activityReadPermission, leaseReadPermission],
    async ({ caller, params, query }) => {
      const { row } = await leases.read(caller, params.id);
      return activity.timeline(row, query);
    },
  );
}
