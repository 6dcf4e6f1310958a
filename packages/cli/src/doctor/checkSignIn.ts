import type { Context } from '../Context';
import { commandHint } from '../frame/commandHint';
import { describeError } from '../frame/describeError';
import { TokenStore } from '../signIn/TokenStore';
import { durationWords } from '../words/duration';
import { isSilence } from './askPortal';
import { Finding, notLookedAt, Round } from './Check';

/** Who is signed in, how old the token is, and whether the portal takes it. */
export async function checkSignIn(
  context: Context,
  round: Round,
): Promise<Finding> {
  const name = 'Sign-in';
  const identity = await context.identity();
  if (!identity) {
    return {
      name,
      state: 'problem',
      message: 'Nobody is signed in.',
      next: `Run: ${commandHint(context, 'login')}`,
    };
  }
  if ((await round.portal)?.silence) {
    return notLookedAt(name);
  }
  try {
    const { client } = await context.session(round.signal);
    const me = await client.call('me', {});
    return {
      name,
      state: 'ok',
      message: `${me.displayName} (${me.ref})${await tokenWords(
        context,
        identity.backendUrl,
      )}.`,
    };
  } catch (error) {
    const { message } = describeError(context, error);
    // A portal that fell silent only now is a problem nobody else has told yet.
    return isSilence(error)
      ? { name, state: 'problem', message, next: 'Check network and VPN.' }
      : { name, state: 'problem', message };
  }
}

async function tokenWords(context: Context, portal: string): Promise<string> {
  const tokens = await new TokenStore(context).load(portal);
  if (!tokens) {
    return '';
  }
  const minutes = (from: number, to: number) =>
    durationWords(Math.max(0, Math.floor((to - from) / 60_000)));
  const now = context.now();
  return `, token from ${minutes(tokens.issuedAt, now)} ago, ${
    tokens.refreshToken ? 'renewed' : 'over'
  } in ${minutes(now, tokens.expiresAt)}`;
}
