import { Command } from 'commander';
import { Context } from '../Context';

/** Options of `break-glass status`. */
export interface StatusOptions {
  approvals?: boolean;
  policy?: boolean;
  json?: boolean;
}

/** `break-glass status` */
export function registerStatus(program: Command, context: Context): void {
  program
    .command('status')
    .summary('show your leases, one lease, or what waits for you')
    .description(
      'Show your leases: what is active and how long still, what waits and for whom. With a lease: everything about it.',
    )
    .argument('[lease]', 'id of one lease, or the account of one of yours')
    .option('--approvals', 'the requests that you may decide')
    .option('--policy', 'with a lease: its effective policy as JSON, too')
    .action(async (lease: string | undefined, options: StatusOptions) => {
      const { showStatus } = await import('./run/showStatus');
      await showStatus(context, lease, options);
    });
}
