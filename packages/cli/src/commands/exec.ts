import { oneLine } from 'backstage-plugin-break-glass-common/credentials';
import { Command } from 'commander';
import { endNotices } from '../aws/endNotices';
import { environmentWith } from '../aws/environment';
import { getCredentials } from '../aws/getCredentials';
import { runCommand } from '../aws/runCommand';
import {
  addWantedOptions,
  wantedOf,
  WantedOptions,
} from '../aws/wantedOptions';
import { Context } from '../Context';
import { Exit } from '../Exit';

/** `exec`: runs a command with credentials in its environment, and ends as it does. */
export function registerExec(program: Command, context: Context): void {
  addWantedOptions(program.command('exec'))
    .description('Runs a command with credentials in its environment')
    .argument('<command...>', 'the command, after --')
    .usage('[options] <account> -- <command...>')
    .option('--renew', 'gets new ones instead of those that are kept')
    .action(async (account: string, command: string[], options: Options) => {
      const { credentials } = await getCredentials(
        context,
        wantedOf(account, options),
        options,
      );
      const timers = endNotices(credentials, context.now()).map(
        ({ after, text }) => tell(context, text, after),
      );
      try {
        const code = await runCommand(
          command,
          environmentWith(context, credentials),
          Boolean(context.stdin.isTTY),
        );
        if (code !== 0) {
          throw new Exit(code);
        }
      } finally {
        timers.forEach(timer => clearTimeout(timer));
      }
    });
}

type Options = WantedOptions & { renew?: boolean };

function tell(
  { stderr }: Context,
  text: string,
  after: number,
): NodeJS.Timeout | undefined {
  const write = () => stderr.write(`break-glass: ${oneLine(text)}\n`);
  if (after <= 0) {
    write();
    return undefined;
  }
  return setTimeout(write, after).unref();
}
