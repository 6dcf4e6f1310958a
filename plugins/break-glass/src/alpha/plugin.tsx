import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { breakGlassApiRef, createBreakGlassApi } from '../api/breakGlassApi';
import { NavIcon } from '../components/NavIcon';
import { leaseRouteRef, rootRouteRef, unbrokeredRouteRef } from '../routes';
import { accountEntityFilter } from './accountEntityFilter';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: breakGlassApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createBreakGlassApi(fetchApi),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/break-glass',
    title: 'Break Glass',
    icon: <NavIcon />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../components/BreakGlassPage').then(m => <m.BreakGlassRouter />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/break-glass',
    title: 'Break Glass',
    filter: accountEntityFilter,
    loader: () =>
      import('../components/AccountTab').then(m => <m.AccountTab />),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: accountEntityFilter,
    loader: () =>
      import('../components/OverviewCard').then(m => <m.OverviewCard />),
  },
});

/** The Break Glass plugin: page, tab and card of accounts, and the client. */
export default createFrontendPlugin({
  pluginId: 'break-glass',
  title: 'Break Glass',
  icon: <NavIcon />,
  info: { packageJson: () => import('../../package.json') },
  routes: {
    root: rootRouteRef,
    lease: leaseRouteRef,
    unbrokered: unbrokeredRouteRef,
  },
  extensions: [api, page, entityContent, entityCard],
});
