import {
  accountUsePermission,
  sessionCreatePermission,
} from 'backstage-plugin-break-glass-common';
import { SessionService } from '../federation';
import { refOf } from './accountRoutes';
import { RouteBuilder } from './RouteBuilder';

/**
 * Credentials and console URLs. The answers carry secrets: they are `no-store`
 * (set for all routes) and give no referrer away (I10).
 */
export function addSessionRoutes(
  routes: RouteBuilder,
  sessions: SessionService,
): void {
  routes.add(
    'createSession',
    [sessionCreatePermission],
    async ({ caller, params, body, response }) => {
      response.set('Referrer-Policy', 'no-referrer');
      return sessions.issue(caller, params.id, body);
    },
  );
  routes.add(
    'createStandingSession',
    [accountUsePermission],
    async ({ caller, params, body, response }) => {
      response.set('Referrer-Policy', 'no-referrer');
      return sessions.issueStanding(caller, refOf(params), body);
    },
  );
}
