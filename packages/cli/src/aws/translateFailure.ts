import { errorCodeOf } from 'backstage-plugin-break-glass-common';
import { oneLine } from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../CliError';
import { EXIT, ExitCode } from '../exitCodes';

/**
 * What went wrong while the portal was asked, in words for a person. Of the portal's errors it takes their message,
 * of all others nothing but their name: a broken answer may have credentials in it (I10).
 */
export function translateFailure(error: unknown, backendUrl: string): CliError {
  if (error instanceof CliError) {
    return error;
  }
  const { name, statusCode, body } = error as Error & {
    statusCode?: number;
    body?: { error?: { message?: unknown } };
  };
  if (statusCode === undefined) {
    return withoutAnswer(name, error, backendUrl);
  }
  const code = errorCodeOf(error);
  const said = body?.error?.message;
  const words =
    code && typeof said === 'string'
      ? oneLine(said)
      : `The portal at ${backendUrl} answered with ${statusCode}. ${
          statusCode >= 500 ? 'Try again in a minute.' : ''
        }`.trim();
  return statusCode === 401
    ? new CliError(
        'Your sign-in has run out. Run: break-glass login',
        EXIT.notSignedIn,
        code,
      )
    : new CliError(words, exitCodeOf(statusCode, code), code);
}

function exitCodeOf(status: number, code: string | undefined): ExitCode {
  if (code === 'no-active-lease' || code === 'lease-unknown') {
    return EXIT.noLease;
  }
  return status === 429 || status >= 500 ? EXIT.unavailable : EXIT.refused;
}

function withoutAnswer(
  name: string | undefined,
  error: unknown,
  backendUrl: string,
): CliError {
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new CliError(
      `The portal at ${backendUrl} took too long to answer. Try again in a minute.`,
      EXIT.unavailable,
    );
  }
  const { message, cause } = error as Error & { cause?: { code?: unknown } };
  if (name === 'TypeError' && message === 'fetch failed') {
    const code = String(cause?.code ?? 'the connection failed');
    return new CliError(
      `The portal at ${backendUrl} does not answer (${oneLine(
        code,
      )}). Check your connection and try again.`,
      EXIT.unavailable,
    );
  }
  return new CliError(
    `The portal at ${backendUrl} answered in a way that this command does not understand (${oneLine(
      String(name),
    )}). Update break-glass and try again.`,
    EXIT.failed,
  );
}
