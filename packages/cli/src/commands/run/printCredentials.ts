import {
  ShellFormat,
  shellLines,
  unsetLines,
} from 'backstage-plugin-break-glass-common/credentials';
import { getCredentials } from '../../aws/getCredentials';
import { wantedOf } from '../../aws/wantedOptions';
import { Context } from '../../Context';
import { commandHint } from '../../frame/commandHint';
import { note } from '../../frame/output';
import type { CredentialsOptions } from '../credentials';

type Format = CredentialsOptions['format'];

const SHELLS: Record<Format, ShellFormat> = {
  env: 'bash',
  fish: 'fish',
  powershell: 'powershell',
  cmd: 'cmd',
  json: 'process',
};

/** How lines that are printed get into the shell they are for. */
const USE: Partial<Record<Format, (command: string) => string>> = {
  env: command => `eval "$(${command})"`,
  fish: command => `${command} | source`,
  powershell: command => `${command} | Out-String | Invoke-Expression`,
  cmd: command => `for /f "delims=" %i in ('${command}') do @%i`,
};

function failureLines(format: Format): string {
  const shell = SHELLS[format];
  if (shell === 'process') {
    return '';
  }
  const fails = shell === 'bash' || shell === 'fish';
  return `${unsetLines(shell)}\n${fails ? 'false\n' : ''}`;
}

/** Prints credentials in the form that was asked for. */
export async function printCredentials(
  context: Context,
  account: string,
  options: CredentialsOptions,
): Promise<void> {
  const format = options.json ? 'json' : options.format;
  const { credentials } = await getCredentials(
    context,
    wantedOf(context, account, options),
    options,
  ).catch(error => {
    // A shell that evaluates nothing would go on with those of another account, and with success.
    if (!context.stdout.isTTY) context.stdout.write(failureLines(format));
    throw error;
  });
  const lines = shellLines(SHELLS[format], credentials);
  const use = context.stdout.isTTY ? USE[format] : undefined;
  if (use) {
    const command = commandHint(context, `credentials … --format ${format}`);
    note(context, `To use them without seeing them: ${use(command)}`);
  }
  context.stdout.write(lines);
}
