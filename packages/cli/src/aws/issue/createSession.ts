import {
  BreakGlassClient,
  IssuedSession,
  SessionRequest,
} from 'backstage-plugin-break-glass-common';
import type { Context } from '../../Context';
import { pathOf } from '../../portal/findAccount';
import { toCliError } from '../toCliError';
import { Way } from './chooseWay';

/**
 * Has the portal issue a session, once: a call that failed is not repeated, as it may have issued one.
 *
 * @throws CliError in which nothing of the answer is left
 */
export async function createSession(
  context: Pick<Context, 'env'>,
  client: BreakGlassClient,
  way: Way,
  request: SessionRequest,
): Promise<IssuedSession> {
  try {
    return await issue(client, way, request);
  } catch (error) {
    throw toCliError(context, error);
  }
}

function issue(
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
