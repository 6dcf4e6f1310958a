import { Command } from 'commander';
import {
  credentialProcess,
  CredentialProcessOptions,
} from '../aws/credentialProcess';
import {
  addWantedOptions,
  wantedOf,
  WantedOptions,
} from '../aws/wantedOptions';
import { Context } from '../Context';
import { Exit } from '../Exit';

/**
 * `credential-process`: what the AWS CLI and SDKs call.
 * @param options - the function that offers to request a lease; without it there is no offer
 */
export function registerCredentialProcess(
  program: Command,
  context: Context,
  options: CredentialProcessOptions = {},
): void {
  addWantedOptions(program.command('credential-process'))
    .description('Answers the AWS CLI and SDKs, from a profile of theirs')
    .action(async (account: string, chosen: WantedOptions) => {
      const { stdout, stderr, exitCode } = await credentialProcess(
        context,
        wantedOf(account, chosen),
        options,
      );
      context.stdout.write(stdout);
      context.stderr.write(stderr);
      if (exitCode !== 0) {
        throw new Exit(exitCode);
      }
    });
}
