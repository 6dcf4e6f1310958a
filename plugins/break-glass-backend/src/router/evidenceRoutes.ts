import {
  activityReadPermission,
  leaseReadPermission,
} from 'backstage-plugin-break-glass-common';
import { ActivityService, EvidenceService } from '../activity';
import { LeaseQueries } from '../leases';
import { RouteBuilder } from './RouteBuilder';
import { sendText } from './sendText';

/**
 * Evidence over time, as text, and beside what the source says now. Takes being
 * allowed to read the lease (pitfall 22).
 */
export function addEvidenceRoutes(
  routes: RouteBuilder,
  services: {
    leases: LeaseQueries;
    activity: ActivityService;
    evidence: EvidenceService;
  },
): void {
  const { leases, activity, evidence } = services;
  const permissions = [activityReadPermission, leaseReadPermission];
  routes.add('getHistogram', permissions, async ({ caller, params, query }) => {
    const { row } = await leases.read(caller, params.id);
    return activity.histogram(row, query);
  });
  routes.add(
    'exportEvidence',
    permissions,
    async ({ caller, params, response }) => {
      const { row } = await leases.read(caller, params.id);
      const lines = await evidence.export(caller.ref, row);
      response.attachment(`break-glass-evidence-${row.id}.jsonl`);
      response.type('application/jsonl');
      await sendText(response, lines);
      return undefined;
    },
  );
  routes.add('checkEvidence', permissions, async ({ caller, params }) => {
    const { row } = await leases.read(caller, params.id);
    return evidence.check(caller.ref, row);
  });
}
