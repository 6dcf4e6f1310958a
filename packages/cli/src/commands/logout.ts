import { Command } from 'commander';
import { Context } from '../Context';

/** `break-glass logout` */
export function registerLogout(program: Command, context: Context): void {
  program
    .command('logout')
    .summary('forget the sign-in, here and at the portal')
    .description(
      'Forget the sign-in: its tokens are removed from this machine, and the portal is told to renew it no more. Leases go on; to end one: break-glass end',
    )
    .action(async (options: { json?: boolean }) => {
      const { logout } = await import('../signIn/logout');
      await logout(context, { json: Boolean(options.json) });
    });
}
