import { Command } from 'commander';
import type { CredentialProcessOptions } from '../aws/credentialProcess';
import { addWantedOptions, WantedOptions } from '../aws/wantedOptions';
import { Context } from '../Context';

/**
 * `break-glass credential-process`: what the AWS CLI and SDKs call.
 *
 * @param options - what tests replace
 */
export function registerCredentialProcess(
  program: Command,
  context: Context,
  options: CredentialProcessOptions = {},
): void {
  addWantedOptions(program.command('credential-process'))
    .summary('answer the AWS CLI and SDKs')
    .description(
      'Answer the AWS CLI and SDKs, for a profile that "break-glass configure" wrote. Without a lease it offers to ask for one where a person sits at the terminal.',
    )
    .action(
      async (account: string, wanted: WantedOptions & { json?: boolean }) => {
        const { answerProcess } = await import('./run/answerProcess');
        const { json } = wanted;
        await answerProcess(context, account, wanted, { json, ...options });
      },
    );
}
