import { endNotices } from '../../aws/endNotices';
import { environmentWith } from '../../aws/environment';
import { getCredentials } from '../../aws/getCredentials';
import { hasTerminal } from '../../aws/openTerminal';
import { runCommand } from '../../aws/runCommand';
import { wantedOf } from '../../aws/wantedOptions';
import { Context } from '../../Context';
import { Exit } from '../../Exit';
import { note } from '../../frame/output';
import type { ExecOptions } from '../exec';

/**
 * Runs a command with credentials in its environment.
 *
 * @throws Exit with the code of a command that failed
 */
export async function execCommand(
  context: Context,
  account: string,
  command: string[],
  options: ExecOptions,
): Promise<void> {
  const { credentials } = await getCredentials(
    context,
    wantedOf(context, account, options),
    options,
  );
  const timers = endNotices(credentials, context.now()).map(notice =>
    tell(context, notice.text, notice.after),
  );
  try {
    const code = await runCommand(
      command,
      environmentWith(context, credentials),
      hasTerminal(context.platform),
    );
    if (code !== 0) {
      throw new Exit(code);
    }
  } finally {
    timers.forEach(timer => clearTimeout(timer));
  }
}

function tell(
  context: Context,
  text: string,
  after: number,
): NodeJS.Timeout | undefined {
  const write = () => note(context, `break-glass: ${text}`);
  if (after <= 0) {
    write();
    return undefined;
  }
  return setTimeout(write, after).unref();
}
