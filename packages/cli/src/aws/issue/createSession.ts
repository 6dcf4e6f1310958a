import {
  BreakGlassClient,
  IssuedSession,
  SessionRequest,
} from 'backstage-plugin-break-glass-common';
import { pathOf } from '../../portal/findAccount';
import { Way } from './chooseWay';

/** Has the portal issue a session, once. */
export function createSession(
  client: BreakGlassClient,
  way: Way,
  request: SessionRequest,
): Promise<IssuedSession> {
  if (way.type === 'lease') {
    return client.call('createSession', {
      params: { id: way.leaseId },
      body: request,
    });
  }
  return client.call('createStandingSession', {
    params: pathOf(way.accountRef),
    body: { ...request, roleId: way.roleId, profileId: way.profileId },
  });
}
