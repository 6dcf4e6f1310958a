import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The page "Break Glass". */
export const rootRouteRef = createRouteRef({ id: 'break-glass' });

/** The page of one lease. */
export const leaseRouteRef = createSubRouteRef({
  id: 'break-glass.lease',
  parent: rootRouteRef,
  path: '/leases/:id',
});

/** The page of one unbrokered use. */
export const unbrokeredRouteRef = createSubRouteRef({
  id: 'break-glass.unbrokered',
  parent: rootRouteRef,
  path: '/unbrokered/:id',
});

/** The tab of an account entity, for portals on the legacy system. */
export const entityContentRouteRef = createRouteRef({
  id: 'break-glass.entity-content',
});
