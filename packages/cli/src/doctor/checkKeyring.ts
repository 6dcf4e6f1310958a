import type { Context } from '../Context';
import { commandHint } from '../frame/commandHint';
import { systemKeyring, tryKeyring } from '../signIn/keyring';
import { Finding, Round } from './Check';

const FINDINGS: Record<
  Awaited<ReturnType<typeof tryKeyring>>,
  Omit<Finding, 'name'>
> = {
  works: { state: 'ok', message: 'It keeps what it is given.' },
  fails: {
    state: 'unknown',
    message: 'None works here; tokens are in a file that only you can read.',
  },
  silent: {
    state: 'problem',
    message:
      'It does not answer: it hangs, or waits for its password in a window.',
  },
};

/** Whether the system keeps secrets for us. */
export async function checkKeyring(
  context: Context,
  { keyringMs }: Round,
): Promise<Finding> {
  const name = 'Keyring';
  if (context.env.BREAK_GLASS_KEYRING === 'off') {
    return {
      name,
      state: 'unknown',
      message: 'Switched off by BREAK_GLASS_KEYRING; tokens are in a file.',
    };
  }
  const keyring = await systemKeyring(context.env, keyringMs);
  const found = await tryKeyring(keyring);
  const login = commandHint(context, 'login');
  return {
    name,
    ...FINDINGS[found],
    ...(found === 'silent' && {
      next: `Unlock it; or set BREAK_GLASS_KEYRING=off, and run: ${login}`,
    }),
  };
}
