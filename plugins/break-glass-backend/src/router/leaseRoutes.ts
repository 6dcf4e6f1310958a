import {
  leaseCreatePermission,
  leaseDecidePermission,
  leaseReadPermission,
  leaseRevokePermission,
} from 'backstage-plugin-break-glass-common';
import {
  ClosingService,
  DecisionService,
  ExtensionDecisions,
  ExtensionRequests,
  LeaseLists,
  LeaseQueries,
  RequestPreview,
  RequestService,
} from '../leases';
import { RouteBuilder } from './RouteBuilder';

/** Requests, decisions and ends of leases. */
export function addLeaseRoutes(
  routes: RouteBuilder,
  services: {
    preview: RequestPreview;
    requests: RequestService;
    decisions: DecisionService;
    extensions: ExtensionRequests;
    extensionDecisions: ExtensionDecisions;
    closing: ClosingService;
    leaseLists: LeaseLists;
    leases: LeaseQueries;
  },
): void {
  const { requests, decisions, closing, leases } = services;
  routes.add('previewLease', [leaseCreatePermission], ({ caller, body }) =>
    services.preview.preview(caller, body),
  );
  routes.add(
    'requestLease',
    [leaseCreatePermission],
    async ({ caller, body, request }) => {
      const key = request.header('Idempotency-Key');
      const { id, reused } = await requests.request(caller, body, key);
      return { ...(await leases.detail(caller, id)), reused };
    },
  );
  routes.add('listLeases', [], async ({ caller, query, signedIn }) =>
    services.leaseLists.list(
      caller,
      query,
      await routes.permitted(leaseReadPermission, signedIn),
    ),
  );
  routes.add('getLease', [leaseReadPermission], ({ caller, params }) =>
    leases.detail(caller, params.id),
  );
  routes.add(
    'decideLease',
    [leaseDecidePermission],
    async ({ caller, params, body }) =>
      leases.asDecided(await decisions.decide(caller, params.id, body)),
  );
  routes.add(
    'requestExtension',
    [leaseCreatePermission],
    async ({ caller, params, body }) => {
      await services.extensions.ask(caller, params.id, body);
      return leases.detail(caller, params.id);
    },
  );
  routes.add(
    'decideExtension',
    [leaseDecidePermission],
    async ({ caller, params, body }) => {
      const { id, extensionId } = params;
      await services.extensionDecisions.decide(caller, id, extensionId, body);
      return leases.detail(caller, id);
    },
  );
  routes.add('cancelExtension', [], async ({ caller, params }) => {
    await services.extensions.cancel(caller, params.id, params.extensionId);
    return leases.detail(caller, params.id);
  });
  routes.add('cancelLease', [], async ({ caller, params, body }) => {
    await closing.cancel(caller, params.id, body.comment);
    return leases.afterClosing(caller, params.id);
  });
  // No permission stands in the way of ending one's own lease (I4).
  routes.add('endLease', [], async ({ caller, params, body }) => {
    await closing.end(caller, params.id, body.comment);
    return leases.afterClosing(caller, params.id);
  });
  // Revoking must work where the permission framework does not (I4).
  routes.add(
    'revokeLease',
    [leaseRevokePermission],
    async ({ caller, params, body }) => {
      await closing.revoke(caller, params.id, body.comment);
      return leases.afterClosing(caller, params.id);
    },
    { unlessRefused: true },
  );
}
