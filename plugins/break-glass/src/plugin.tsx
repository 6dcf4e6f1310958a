import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { breakGlassApiRef, createBreakGlassApi } from './api/breakGlassApi';
import {
  entityContentRouteRef,
  leaseRouteRef,
  rootRouteRef,
  unbrokeredRouteRef,
} from './routes';

/** The Break Glass plugin of the legacy frontend system. */
export const breakGlassPlugin = createPlugin({
  id: 'break-glass',
  routes: {
    root: rootRouteRef,
    lease: leaseRouteRef,
    unbrokered: unbrokeredRouteRef,
    entityContent: entityContentRouteRef,
  },
  apis: [
    createApiFactory({
      api: breakGlassApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createBreakGlassApi(fetchApi),
    }),
  ],
});

/** The page "Break Glass"; mount it at `/break-glass`. */
export const BreakGlassPage = breakGlassPlugin.provide(
  createRoutableExtension({
    name: 'BreakGlassPage',
    component: () =>
      import('./components/BreakGlassPage').then(m => m.BreakGlassPage),
    mountPoint: rootRouteRef,
  }),
);

/** The tab of an account entity; show it where {@link isBreakGlassAvailable} says so. */
export const EntityBreakGlassContent = breakGlassPlugin.provide(
  createRoutableExtension({
    name: 'EntityBreakGlassContent',
    component: () => import('./components/AccountTab').then(m => m.AccountTab),
    mountPoint: entityContentRouteRef,
  }),
);

/** The card of an account entity. */
export const EntityBreakGlassCard = breakGlassPlugin.provide(
  createComponentExtension({
    name: 'EntityBreakGlassCard',
    component: {
      lazy: () => import('./components/OverviewCard').then(m => m.OverviewCard),
    },
  }),
);
