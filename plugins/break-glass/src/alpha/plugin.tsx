import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { breakGlassApiRef, createBreakGlassApi } from '../api/breakGlassApi';
import { NavIcon } from '../components/NavIcon';
import { leaseRouteRef, rootRouteRef } from '../routes';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: breakGlassApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => createBreakGlassApi(fetchApi),
    }),
});

/** The Break Glass plugin: page, tab and card of accounts, and the client. */
export default createFrontendPlugin({
  pluginId: 'break-glass',
  title: 'Break Glass',
  icon: <NavIcon />,
  info: { packageJson: () => import('../../package.json') },
  routes: { root: rootRouteRef, lease: leaseRouteRef },
  extensions: [api],
});
