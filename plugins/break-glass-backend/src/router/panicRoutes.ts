import { panicUpdatePermission } from 'backstage-plugin-break-glass-common';
import { PanicQueries, PanicService } from '../leases';
import { RouteBuilder } from './RouteBuilder';

/** Stopping and lifting. An outage of the permission framework keeps nobody from stopping (I4). */
export function addPanicRoutes(
  routes: RouteBuilder,
  {
    panics,
    panicQueries,
  }: { panics: PanicService; panicQueries: PanicQueries },
): void {
  routes.add(
    'raisePanic',
    [panicUpdatePermission],
    async ({ caller, body }) =>
      panicQueries.get(caller, await panics.raise(caller, body)),
    { unlessRefused: true },
  );
  routes.add('listPanics', [], ({ caller, query }) =>
    panicQueries.list(caller, query),
  );
  routes.add(
    'liftPanic',
    [panicUpdatePermission],
    async ({ caller, params, body }) => {
      await panics.lift(caller, params.id, body.reason);
      return panicQueries.get(caller, params.id);
    },
  );
}
