import { forgetCached } from '../aws/cache/forgetCached';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { withLock } from '../files/withLock';
import { line } from '../frame/inert';
import { note, say, sayJson } from '../frame/output';
import { describeError } from '../frame/describeError';
import { OAuthClient } from './OAuthClient';
import { SignIns } from './SignIns';
import { TokenStore } from './TokenStore';

/**
 * Forgets a sign-in. It is gone from this machine even where the portal does not answer.
 *
 * @throws CliError with `notSignedIn` where there is none
 */
export async function logout(
  context: Context,
  options: { json: boolean; store?: TokenStore },
): Promise<void> {
  const signIns = new SignIns(context);
  const portal = await signIns.portal();
  if (!portal || !(await signIns.get(portal))) {
    throw new CliError('You are not signed in.', EXIT.notSignedIn);
  }
  await forgetCached(context);
  const store = options.store ?? new TokenStore(context);
  const tokens = await withLock(store.path, async () => {
    const kept = await store.load(portal);
    await store.remove(portal);
    await signIns.remove(portal);
    return kept;
  });
  let revoked = true;
  if (tokens?.refreshToken) {
    const client = new OAuthClient(portal, () => context.now());
    await client.revoke(tokens.refreshToken).catch(error => {
      revoked = false;
      note(
        context,
        `The sign-in is gone from this machine, but the portal was not told: ${
          describeError(error).message
        }`,
      );
    });
  }
  if (options.json) {
    sayJson(context, { portal, revoked });
  } else {
    say(context, line`Signed out of ${portal}.`);
  }
}
