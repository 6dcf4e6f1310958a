import {
  shellLines,
  ShellFormat,
} from 'backstage-plugin-break-glass-common/credentials';
import { Command, Option } from 'commander';
import { getCredentials } from '../aws/getCredentials';
import {
  addWantedOptions,
  wantedOf,
  WantedOptions,
} from '../aws/wantedOptions';
import { Context } from '../Context';

const FORMATS: Record<string, ShellFormat> = {
  env: 'bash',
  fish: 'fish',
  powershell: 'powershell',
  cmd: 'cmd',
  json: 'process',
};

/** How the lines that are printed get into the shell they are for. */
const USE: Record<string, (line: string) => string> = {
  env: line => `eval "$(${line})"`,
  fish: line => `${line} | source`,
  powershell: line => `${line} | Out-String | Invoke-Expression`,
  cmd: line => `for /f "delims=" %i in ('${line}') do @%i`,
};

/** `credentials`: lines that put credentials into a shell. */
export function registerCredentials(program: Command, context: Context): void {
  addWantedOptions(program.command('credentials'))
    .description('Prints credentials for a shell')
    .addOption(
      new Option('--format <format>', 'what the lines are for')
        .choices(Object.keys(FORMATS))
        .default(context.platform === 'win32' ? 'powershell' : 'env'),
    )
    .option('--renew', 'gets new ones instead of those that are kept')
    .action(async (account: string, options: Options) => {
      const { credentials } = await getCredentials(
        context,
        wantedOf(account, options),
        options,
      );
      const format = options.json ? 'json' : options.format;
      if (context.stdout.isTTY && USE[format]) {
        const line = `break-glass credentials … --format ${format}`;
        context.stderr.write(`# To use them: ${USE[format](line)}\n`);
      }
      context.stdout.write(shellLines(FORMATS[format], credentials));
    });
}

type Options = WantedOptions & {
  format: string;
  renew?: boolean;
  json?: boolean;
};
