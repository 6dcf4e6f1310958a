import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { withLock } from '../files/withLock';
import { line } from '../frame/inert';
import { note, say, sayJson } from '../frame/output';
import { authorize } from './authorize';
import { OAuthClient } from './OAuthClient';
import { SignIns } from './SignIns';
import { tokenClaims } from './tokenClaims';
import { fileWarning, TokenStore } from './TokenStore';

/** How long a person may take in the browser. */
const PATIENCE_MS = 10 * 60_000;

/** How to sign in; `store` and `signal` stand in for the system's in tests. */
export interface LoginOptions {
  noBrowser: boolean;
  json: boolean;
  store?: TokenStore;
  signal?: AbortSignal;
}

/**
 * Signs a person in, and keeps it.
 *
 * @throws CliError where the portal offers no such sign-in, or nobody agrees
 */
export async function login(
  context: Context,
  options: LoginOptions,
): Promise<void> {
  const signIns = new SignIns(context);
  const portal = await signIns.portal();
  if (!portal) {
    throw new CliError(
      'Which portal? Run: break-glass login --portal https://portal.example.com',
      EXIT.usage,
    );
  }
  const client = new OAuthClient(portal, () => context.now());
  await client.check();
  const tokens = await authorize(context, client, {
    noBrowser: options.noBrowser,
    signal: options.signal ?? AbortSignal.timeout(PATIENCE_MS),
  });
  const userRef = tokenClaims(tokens.accessToken).sub;
  const store = options.store ?? new TokenStore(context);
  const place = await withLock(store.path, async () => {
    const kept = await store.save(portal, tokens);
    await signIns.put(portal, {
      userRef,
      tokens: kept,
      signedInAt: context.now(),
    });
    return kept;
  });
  if (place === 'file') {
    note(context, fileWarning(store));
  }
  if (!tokens.refreshToken) {
    note(
      context,
      'This portal gives no sign-in that can be renewed: you will be asked again when it runs out.',
    );
  }
  if (options.json) {
    sayJson(context, { portal, userRef, tokens: place });
  } else {
    say(context, line`Signed in at ${portal} as ${userRef}.`);
  }
}
