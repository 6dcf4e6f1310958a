import { Command } from 'commander';
import { Context } from '../Context';

/** Options of `break-glass end`. */
export interface EndOptions {
  comment?: string;
  yes?: boolean;
  json?: boolean;
}

/** `break-glass end` */
export function registerEnd(program: Command, context: Context): void {
  program
    .command('end')
    .summary('say that you are done; live credentials are killed')
    .description(
      'End a lease of yours: its credentials are killed and it goes to review. A request that still waits is taken back.',
    )
    .argument(
      '[lease]',
      'its id, or the account that it is on; may be left out if you have one',
    )
    .option('--comment <text>', 'what the reviewer should know')
    .option(
      '--yes',
      'do not ask where the account is named by its name or title',
    )
    .action(async (lease: string | undefined, options: EndOptions) => {
      const { endLease } = await import('./run/endLease');
      await endLease(context, lease, options);
    });
}
