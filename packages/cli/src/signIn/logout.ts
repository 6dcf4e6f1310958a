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
import { KeyringClosed, TokenStore } from './TokenStore';

/**
 * Forgets a sign-in. It is gone from this machine even where the portal does not answer.
 *
 * @throws CliError with `notSignedIn` where there is none, with `failed` where its tokens live on in a keyring
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
  }).catch(error => {
    throw error instanceof KeyringClosed ? stillKept(portal) : error;
  });
  let revoked = false;
  if (tokens?.refreshToken) {
    const client = new OAuthClient(portal, () => context.now());
    try {
      await client.revoke(tokens.refreshToken);
      revoked = true;
    } catch (error) {
      note(
        context,
        `The sign-in is gone from this machine, but the portal was not told: ${
          describeError(context, error).message
        } A copy of it would live on: once the portal answers, log in and out again.`,
      );
    }
  }
  const next = await new SignIns({ ...context, env: {} }).portal();
  if (options.json) {
    sayJson(context, { portal, revoked });
  } else {
    const now = next && next !== portal ? line` You are at ${next} now.` : '';
    say(context, `${line`Signed out of ${portal}.`}${now}`);
  }
}

/** The entry stays, too: it is what a second try needs. */
function stillKept(portal: string): CliError {
  return new CliError(
    line`You are not signed out: the keyring that keeps the sign-in at ${portal} does not open, so that nothing in it could be taken back. Open it, then again: break-glass logout --portal ${portal}`,
    EXIT.failed,
  );
}
