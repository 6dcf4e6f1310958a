import { Command } from 'commander';
import { Context } from '../Context';

/** Options of `break-glass accounts`. */
export interface AccountsOptions {
  limit: string;
  cursor?: string;
  all?: boolean;
  json?: boolean;
}

/** `break-glass accounts` */
export function registerAccounts(program: Command, context: Context): void {
  program
    .command('accounts')
    .summary('list AWS accounts')
    .description(
      'List the AWS accounts of the portal, with what is wrong with those that cannot be used.',
    )
    .argument('[search]', 'a part of their names or ids')
    .option('--limit <number>', 'how many, up to 100', '25')
    .option('--cursor <cursor>', 'go on where the last page ended')
    .option('--all', 'every page')
    .action(async (search: string | undefined, options: AccountsOptions) => {
      const { listAccounts } = await import('./run/listAccounts');
      await listAccounts(context, search, options);
    });
}
