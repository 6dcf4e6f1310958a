import {
  credentialProcess,
  CredentialProcessOptions,
} from '../../aws/credentialProcess';
import { offerRequest } from '../../aws/offerRequest';
import { wantedOf, WantedOptions } from '../../aws/wantedOptions';
import { Context } from '../../Context';
import { Exit } from '../../Exit';

/**
 * Answers a tool that wants credentials.
 *
 * @throws Exit after a failure, which is described on standard error
 */
export async function answerProcess(
  context: Context,
  account: string,
  wanted: WantedOptions,
  options: CredentialProcessOptions,
): Promise<void> {
  const { stdout, stderr, exitCode } = await credentialProcess(
    context,
    wantedOf(context, account, wanted),
    { offerRequest, ...options },
  );
  context.stdout.write(stdout);
  context.stderr.write(stderr);
  if (exitCode !== 0) {
    throw new Exit(exitCode);
  }
}
