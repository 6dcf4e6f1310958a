import {
  AccountDetail,
  IssuedSession,
} from 'backstage-plugin-break-glass-common';
import { checkCredentials } from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { note } from '../../frame/output';
import { findAccount } from '../../portal/findAccount';
import { CachedCredentials, Identity } from '../cache/CachedCredentials';
import { toCliError } from '../toCliError';
import { Wanted } from '../Wanted';
import { chooseWay, Way } from './chooseWay';
import { createSession } from './createSession';

const MAX_SKEW_MINUTES = 4;

/**
 * Has the portal issue credentials, once: a call that failed is not repeated, as it may have issued some.
 *
 * @param signal - ends the wait for the portal until it is asked to issue: then its answer is waited for
 * @throws CliError with the cause and the next step; no secret is in it
 */
export async function issueCredentials(
  context: Context,
  identity: Identity,
  wanted: Wanted,
  signal?: AbortSignal,
): Promise<CachedCredentials> {
  try {
    const { client, backendUrl, userRef } = await context.session(signal);
    if (backendUrl !== identity.backendUrl || userRef !== identity.userRef) {
      throw new CliError(
        'Somebody else signed in at the same moment. Try again.',
        EXIT.failed,
      );
    }
    const account = await findAccount(context, client, wanted.account);
    const way = chooseWay(context, account, wanted);
    const issued = await createSession(context, client, way, {
      type: 'credentials',
    });
    warnOfClock(context, issued.session.requestedAt);
    return toCached(
      { identity, wanted, account, way, now: context.now() },
      issued,
    );
  } catch (error) {
    throw toCliError(context, error);
  }
}

/** AWS refuses what is signed with a clock that is far from its own; the portal's is near it. */
function warnOfClock(context: Context, portalTime: string): void {
  const minutes = Math.round((context.now() - Date.parse(portalTime)) / 60_000);
  if (Math.abs(minutes) >= MAX_SKEW_MINUTES) {
    note(
      context,
      `break-glass: The clock of this machine is ${Math.abs(minutes)} minutes ${
        minutes > 0 ? 'ahead of' : 'behind'
      } the portal's. AWS refuses calls like that: set it.`,
    );
  }
}

interface IssueFacts {
  identity: Identity;
  wanted: Wanted;
  account: AccountDetail;
  way: Way;
  now: number;
}

function toCached(facts: IssueFacts, issued: IssuedSession): CachedCredentials {
  if (issued.type !== 'credentials') {
    throw new CliError(
      'The portal answered with something other than credentials. Update break-glass and try again.',
      EXIT.failed,
    );
  }
  // Their expiration is the lease's end where that comes before what STS says.
  const credentials = { ...issued.credentials, region: issued.region };
  checkCredentials(credentials);
  const { identity, wanted, account, way, now } = facts;
  return {
    version: 1,
    backendUrl: identity.backendUrl,
    userRef: identity.userRef,
    wanted,
    accountRef: account.ref,
    accountTitle: account.title,
    ...(way.type === 'lease' && {
      leaseId: way.leaseId,
      leaseEndsAt: way.endsAt,
    }),
    issuedAt: new Date(now).toISOString(),
    credentials,
  };
}
