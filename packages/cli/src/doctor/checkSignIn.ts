import type { Context } from '../Context';
import { commandHint } from '../frame/commandHint';
import { describeError } from '../frame/describeError';
import { TokenStore } from '../signIn/TokenStore';
import { durationWords } from '../words/duration';
import { Finding } from './Check';

/** Who is signed in, how old the token is, and whether the portal takes it. */
export async function checkSignIn(context: Context): Promise<Finding> {
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
  try {
    const { client } = await context.session();
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
    return { name, state: 'problem', message: describeError(error).message };
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
