import { Command } from 'commander';
import { Context } from '../Context';

/** Options of `break-glass extend`. */
export interface ExtendOptions {
  duration?: string;
  reason?: string;
  wait?: boolean;
  yes?: boolean;
  json?: boolean;
}

/** `break-glass extend` */
export function registerExtend(program: Command, context: Context): void {
  program
    .command('extend')
    .summary('ask for more time for an active lease')
    .description(
      'Ask for more time for an active lease of yours. Before anything is sent you see when it would end, and who decides. It is a new decision: the old end stands until it is approved.',
    )
    .argument(
      '[lease]',
      'id of the lease, or the account that you have one on; may be left out if you have one',
    )
    .option('--duration <time>', 'how much longer, such as 30m or 1h')
    .option('--reason <text>', 'why it takes longer')
    .option(
      '--wait',
      'wait until it is decided; ends with 0 if it was approved',
    )
    .option('--yes', 'send it without asking once more')
    .action(async (lease: string | undefined, options: ExtendOptions) => {
      const { extendLease } = await import('./run/extendLease');
      await extendLease(context, lease, options);
    });
}
