import { accessRoutes } from './accessRoutes';
import { auditRoutes } from './auditRoutes';
import { panicRoutes } from './panicRoutes';
import { reviewRoutes } from './reviewRoutes';
import { unbrokeredRoutes } from './unbrokeredRoutes';

/** All routes of the product, by name. */
export const routes = {
  ...accessRoutes,
  ...reviewRoutes,
  ...unbrokeredRoutes,
  ...panicRoutes,
  ...auditRoutes,
} as const;

/** Names of all routes. */
export type RouteName = keyof typeof routes;
