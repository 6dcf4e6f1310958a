import {
  credentialProcessAnswer,
  credentialProcessFailure,
  ProcessOutcome,
} from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { debugLines } from '../frame/debugLines';
import { describeError } from '../frame/describeError';
import { errorText } from '../frame/errorText';
import { CachedCredentials } from './cache/CachedCredentials';
import { getCredentials } from './getCredentials';
import { openTerminal, Terminal } from './openTerminal';
import { Wanted } from './Wanted';

/**
 * Offers a person to request a lease, in the terminal of the context that it is given.
 * @returns whether there is an active lease now
 */
export type OfferRequest = (
  context: Context,
  wanted: Wanted,
) => Promise<boolean>;

/** How failures are said, and what a test may replace. */
export interface CredentialProcessOptions {
  /** For programs: as JSON instead of one line. */
  json?: boolean;
  offerRequest?: OfferRequest;
  terminal?: () => Terminal | undefined;
}

/**
 * What `credential-process` leaves behind: the documented answer, or what is wrong on standard error. Where there is no
 * lease and a person sits at a terminal, they are offered to request one; standard output stays the answer's.
 */
export async function credentialProcess(
  context: Context,
  wanted: Wanted,
  options: CredentialProcessOptions = {},
): Promise<ProcessOutcome> {
  try {
    const found = await getOrOffer(context, wanted, options);
    return credentialProcessAnswer(found.credentials);
  } catch (error) {
    const { message, exitCode } = describeError(context, error);
    const failure = credentialProcessFailure(message, exitCode);
    if (options.json) {
      return { ...failure, stderr: errorText(context, error, true) };
    }
    // The AWS CLI shows all of it: the line that says what to do stays the first.
    const stderr = failure.stderr + debugLines(context, error);
    return { ...failure, stderr };
  }
}

async function getOrOffer(
  context: Context,
  wanted: Wanted,
  options: CredentialProcessOptions,
): Promise<CachedCredentials> {
  try {
    return await getCredentials(context, wanted);
  } catch (error) {
    if (await offered(context, wanted, options, error)) {
      return getCredentials(context, wanted);
    }
    throw error;
  }
}

async function offered(
  context: Context,
  wanted: Wanted,
  { offerRequest, terminal = openTerminal }: CredentialProcessOptions,
  error: unknown,
): Promise<boolean> {
  const missing = error instanceof CliError && error.code === 'no-active-lease';
  if (!missing || !offerRequest || !context.stderr.isTTY) {
    return false;
  }
  const at = terminal();
  if (!at) {
    return false;
  }
  try {
    const { stdin, stdout } = at;
    return await offerRequest({ ...context, stdin, stdout }, wanted);
  } finally {
    at.close();
  }
}
