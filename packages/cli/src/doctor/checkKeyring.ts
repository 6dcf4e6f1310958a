import type { Context } from '../Context';
import { keyringWorks, systemKeyring } from '../signIn/keyring';
import { Finding } from './Check';

/** Whether the system keeps secrets for us. */
export async function checkKeyring(context: Context): Promise<Finding> {
  const name = 'Keyring';
  if (context.env.BREAK_GLASS_KEYRING === 'off') {
    return {
      name,
      state: 'unknown',
      message: 'Switched off by BREAK_GLASS_KEYRING; tokens are in a file.',
    };
  }
  return (await keyringWorks(await systemKeyring(context.env)))
    ? { name, state: 'ok', message: 'It keeps what it is given.' }
    : {
        name,
        state: 'unknown',
        message:
          'None works here; tokens are in a file that only you can read.',
      };
}
