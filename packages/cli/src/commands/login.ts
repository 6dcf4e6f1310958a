import { Command } from 'commander';
import { Context } from '../Context';

interface LoginOptions {
  portal?: string;
  browser: boolean;
  json?: boolean;
}

/** `break-glass login` */
export function registerLogin(program: Command, context: Context): void {
  program
    .command('login')
    .summary('sign in at a portal, in a browser')
    .description(
      'Sign in at a portal, in a browser. The sign-in stays on this machine, in the keyring of the system or else in a file that only you can read, and renews itself while the portal allows it.',
    )
    .option(
      '--portal <address>',
      'address of the portal’s backend; needed the first time',
    )
    .option(
      '--no-browser',
      'print the address instead of opening it, for machines without a browser',
    )
    .action(async (options: LoginOptions) => {
      const { login } = await import('../signIn/login');
      await login(context, {
        noBrowser: !options.browser,
        json: Boolean(options.json),
      });
    });
}
