// Used by tests only, though not one itself.
import { Command } from 'commander';
import { registerCredentialProcess } from '../../commands/credentialProcess';
import { registerCredentials } from '../../commands/credentials';
import { registerExec } from '../../commands/exec';
import { Context } from '../../Context';
import { Exit } from '../../Exit';

/** Runs what this process was called with, and ends as it says. */
export async function runTestProgram(context: Context): Promise<void> {
  const program = new Command('break-glass');
  registerCredentials(program, context);
  registerExec(program, context);
  registerCredentialProcess(program, context, {
    offerRequest: async (onTerminal, { account }) => {
      onTerminal.stdout.write(`No lease on ${account}. Request one?\n`);
      return false;
    },
  });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (!(error instanceof Exit)) {
      process.stderr.write(`break-glass: ${(error as Error).message}\n`);
    }
    process.exitCode = (error as { exitCode?: number }).exitCode ?? 1;
  }
}
