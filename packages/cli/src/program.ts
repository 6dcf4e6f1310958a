import { Command } from 'commander';
import { version } from '../package.json';
import { registerAccounts } from './commands/accounts';
import { registerCompletion } from './commands/completion';
import { registerConsole } from './commands/console';
import { registerConfigure } from './commands/configure';
import { registerCredentialProcess } from './commands/credentialProcess';
import { registerCredentials } from './commands/credentials';
import { registerApprove, registerReject } from './commands/decide';
import { registerDoctor } from './commands/doctor';
import { registerEnd } from './commands/end';
import { registerExtend } from './commands/extend';
import { registerExec } from './commands/exec';
import { registerLogin } from './commands/login';
import { registerLogout } from './commands/logout';
import { registerRequest } from './commands/request';
import { registerStatus } from './commands/status';
import { Context } from './Context';

/** Every command, in the order of the help. Registering loads nothing but the names of its options. */
const COMMANDS: Array<(program: Command, context: Context) => void> = [
  registerLogin,
  registerLogout,
  registerAccounts,
  registerRequest,
  registerStatus,
  registerApprove,
  registerReject,
  registerExtend,
  registerConsole,
  registerCredentials,
  registerExec,
  registerConfigure,
  registerCredentialProcess,
  registerEnd,
  registerDoctor,
  registerCompletion,
];

/**
 * The command line.
 *
 * @param options - `quiet`: say nothing of a wrong command line; the caller does
 */
export function createProgram(
  context: Context,
  options: { quiet: boolean },
): Command {
  const program = new Command('break-glass')
    .description(
      'Temporary elevated AWS access through the developer portal: ask, approve, use, end.',
    )
    .version(version)
    .showSuggestionAfterError()
    .helpCommand('help [command]', 'Explain a command')
    .addHelpText(
      'after',
      '\nBegin with: break-glass login --portal https://portal.example.com',
    )
    .configureOutput({
      writeOut: text => context.stdout.write(text),
      writeErr: text => {
        if (!options.quiet) context.stderr.write(text);
      },
    })
    .exitOverride();
  for (const register of COMMANDS) {
    register(program, context);
  }
  for (const command of program.commands) {
    addCommonOptions(command);
  }
  // The choice goes where children of this process find it, too.
  program.hook('preAction', (_, command) => {
    const { portal } = command.opts<{ portal?: string }>();
    if (portal) {
      context.env.BREAK_GLASS_PORTAL = portal;
    }
  });
  return program;
}

function addCommonOptions(command: Command): void {
  const has = (flag: string) =>
    command.options.some(option => option.long === flag);
  if (!has('--portal')) {
    command.option(
      '--portal <address>',
      'another portal than the one of the last login (BREAK_GLASS_PORTAL)',
    );
  }
  if (!has('--json')) {
    command.option('--json', 'answer and errors for programs');
  }
}
