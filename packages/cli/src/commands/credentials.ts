import { Command, Option } from 'commander';
import { addWantedOptions, WantedOptions } from '../aws/wantedOptions';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';

/** What lines are for. `json` is the answer of `credential-process`. */
export const FORMATS = ['env', 'fish', 'powershell', 'cmd', 'json'] as const;

/** Options of `break-glass credentials`. */
export type CredentialsOptions = WantedOptions & {
  format: (typeof FORMATS)[number];
  renew?: boolean;
  json?: boolean;
};

/** `break-glass credentials` */
export function registerCredentials(program: Command, context: Context): void {
  addWantedOptions(program.command('credentials'))
    .summary('print credentials for a shell')
    .description(
      'Print lines that put credentials into a shell, and take older ones out of it.',
    )
    .addOption(
      new Option('--format <format>', 'what the lines are for')
        .choices(FORMATS)
        .default(context.platform === 'win32' ? 'powershell' : 'env'),
    )
    .option('--renew', 'get new ones instead of those that are kept')
    .addHelpText(
      'after',
      '\nExample: eval "$(break-glass credentials payroll)"',
    )
    .action(
      async (
        account: string,
        options: CredentialsOptions,
        command: Command,
      ) => {
        refuseContradiction(options, command);
        const { printCredentials } = await import('./run/printCredentials');
        await printCredentials(context, account, options);
      },
    );
}

/** A form that nobody typed contradicts nothing. */
function refuseContradiction(
  { json, format }: CredentialsOptions,
  command: Command,
): void {
  const typed = command.getOptionValueSource('format') === 'cli';
  if (json && typed && format !== 'json') {
    throw new CliError(
      `--json and --format ${format} contradict each other: say one of them.`,
      EXIT.usage,
    );
  }
}
