import { Command } from 'commander';
import type { ProfileChoice } from '../aws/config/profilesOf';
import { Context } from '../Context';

/** How others run this command: found by its name, unless it is said. */
const COMMAND = ['break-glass'];

/** Options of `break-glass configure`. */
export type ConfigureOptions = Partial<ProfileChoice> & {
  all?: boolean;
  command?: string;
  remove?: boolean;
  dryRun?: boolean;
  json?: boolean;
};

/**
 * `break-glass configure`
 *
 * @param command - what runs this command, in words
 */
export function registerConfigure(
  program: Command,
  context: Context,
  command: string[] = COMMAND,
): void {
  program
    .command('configure')
    .summary('write profiles for the AWS CLI and SDKs')
    .description(
      'Write profiles into the AWS config file, one for each account and policy profile or standing role. Each gets its credentials from this command. What others wrote there stays as it is.',
    )
    .argument('[account...]', 'names, titles, ids or entity references')
    .option('--all', 'every account that you can use')
    .option('--role <id>', 'of this role only')
    .option('--profile <id>', 'of this policy profile only')
    .option('--prefix <text>', 'what the names begin with, if not bg-')
    .option('--name <name>', 'name of the one profile that is written')
    .option('--command <path>', 'what runs break-glass, if not its name')
    .option('--remove', 'take out what configure has written')
    .option('--dry-run', 'show what would change, and change nothing')
    .addHelpText(
      'after',
      '\nExample: break-glass configure payroll && aws --profile bg-payroll-s3-kms-iam s3 ls',
    )
    .action(async (accounts: string[], options: ConfigureOptions) => {
      const { configureProfiles } = await import('./run/configureProfiles');
      await configureProfiles(context, accounts, options, command);
    });
}
