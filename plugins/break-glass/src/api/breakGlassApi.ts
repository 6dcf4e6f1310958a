import { FetchApi } from '@backstage/core-plugin-api';
import { createApiRef } from '@backstage/frontend-plugin-api';
import { BreakGlassClient } from 'backstage-plugin-break-glass-common';

/** What pages call: the typed client of the HTTP API. */
export type BreakGlassApi = Pick<BreakGlassClient, 'call' | 'fetchRoute'>;

/** Reference of the {@link BreakGlassApi}, the same in both frontend systems. */
export const breakGlassApiRef = createApiRef<BreakGlassApi>().with({
  id: 'plugin.break-glass.client',
  pluginId: 'break-glass',
});

/**
 * Makes the client on the portal's own `fetch`, which finds the backend by
 * `plugin://break-glass` and signs each call as the person.
 */
export function createBreakGlassApi(fetchApi: FetchApi): BreakGlassApi {
  return new BreakGlassClient({
    baseUrl: async () => 'plugin://break-glass',
    fetch: fetchApi.fetch,
  });
}
