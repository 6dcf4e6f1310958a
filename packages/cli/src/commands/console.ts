import { Command } from 'commander';
import { addChoiceOptions, WantedOptions } from '../aws/wantedOptions';
import { Context } from '../Context';

/** Options of `break-glass console`. */
export type ConsoleOptions = WantedOptions & {
  destination?: string;
  region?: string;
  print?: boolean;
  json?: boolean;
};

/** `break-glass console` */
export function registerConsole(program: Command, context: Context): void {
  addChoiceOptions(program.command('console'))
    .summary('open the AWS console under a lease')
    .description(
      'Open the AWS console under an active lease of yours, or with a standing role (--role). The address that signs you in is a secret: it goes to your browser without being shown, or put on a command line that others on this machine could read.',
    )
    .argument('[account]', 'account; may be left out if you have one lease')
    .option(
      '--destination <url>',
      'page of the AWS console to begin at; left out: what fits the profile',
    )
    .option('--region <region>', 'AWS region to begin in')
    .option('--print', 'print the secret address instead of opening it')
    .action(async (account: string | undefined, options: ConsoleOptions) => {
      const { openConsole } = await import('./run/openConsole');
      await openConsole(context, account, options);
    });
}
