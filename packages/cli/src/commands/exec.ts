import { Command } from 'commander';
import { addWantedOptions, WantedOptions } from '../aws/wantedOptions';
import { Context } from '../Context';

/** Options of `break-glass exec`. */
export type ExecOptions = WantedOptions & { renew?: boolean };

/** `break-glass exec` */
export function registerExec(program: Command, context: Context): void {
  addWantedOptions(program.command('exec'))
    .summary('run a command with credentials')
    .description(
      'Run a command with credentials in its environment, and end as it does. The credentials end at their time; the command goes on without.',
    )
    .usage('[options] <account> -- <command...>')
    .argument('<command...>', 'the command and what it is called with')
    .option('--renew', 'get new ones instead of those that are kept')
    .addHelpText('after', '\nExample: break-glass exec payroll -- aws s3 ls')
    .action(
      async (account: string, command: string[], options: ExecOptions) => {
        const { execCommand } = await import('./run/execCommand');
        await execCommand(context, account, command, options);
      },
    );
}
