import { constants } from 'node:os';
import spawn from 'cross-spawn';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/** What ends this process ends the command; what a terminal sends, it sends to both. */
const FORWARDED: NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR2'];
const FROM_TERMINAL: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/**
 * Runs a command on this process's own input and output, and passes signals on to it.
 *
 * @returns its exit code; 128 and the signal's number where a signal ended it, as shells have it
 * @throws CliError where there is no such command
 */
export async function runCommand(
  [command, ...args]: string[],
  env: Record<string, string | undefined>,
  inTerminal: boolean,
): Promise<number> {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: env as NodeJS.ProcessEnv,
  });
  const pass = (signal: NodeJS.Signals) => {
    if (!inTerminal || !FROM_TERMINAL.includes(signal)) {
      child.kill(signal);
    }
  };
  const signals = [...FORWARDED, ...FROM_TERMINAL];
  signals.forEach(signal => process.on(signal, pass));
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
  } catch (error) {
    throw new CliError(
      `${command} could not be run (${
        (error as NodeJS.ErrnoException).code
      }). Check its name and your PATH.`,
      EXIT.noCommand,
    );
  } finally {
    signals.forEach(signal => process.off(signal, pass));
  }
}
