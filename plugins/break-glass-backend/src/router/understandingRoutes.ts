import {
  activityReadPermission,
  leaseReadPermission,
  reviewCreatePermission,
} from 'backstage-plugin-break-glass-common';
import { UnderstandingService } from '../activity';
import { LeaseQueries } from '../leases';
import { ResidueService } from '../review';
import { RouteBuilder } from './RouteBuilder';

/**
 * What a lease comes to, and what it left behind. Reading takes being allowed to
 * read the lease (pitfall 22).
 */
export function addUnderstandingRoutes(
  routes: RouteBuilder,
  services: {
    leases: LeaseQueries;
    understanding: UnderstandingService;
    residue: ResidueService;
  },
): void {
  const { leases, understanding, residue } = services;
  routes.add(
    'getUnderstanding',
    [activityReadPermission, leaseReadPermission],
    async ({ caller, params }) => {
      const { row } = await leases.read(caller, params.id);
      return understanding.understand(row);
    },
  );
  routes.add(
    'decideResidue',
    [reviewCreatePermission],
    ({ caller, params, body }) =>
      residue.decide(caller, params.id, params.key, body),
  );
}
