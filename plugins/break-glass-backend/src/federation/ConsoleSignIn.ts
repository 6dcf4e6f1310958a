import { context, createContextKey } from '@opentelemetry/api';
import { unavailableError } from '../errors';
import { loginUrl, readSignInToken, signInTokenUrl } from './federationSignIn';
import { TemporaryCredentials } from './types';

/** Turns temporary credentials into a URL that signs a browser in. */
export interface ConsoleSignIn {
  /**
   * @returns a secret URL that works for 15 minutes
   * @throws ServiceUnavailableError `aws-unavailable`; its message holds neither URL nor answer
   */
  url(request: {
    endpoint: string;
    issuer: string;
    destination: string;
    credentials: TemporaryCredentials;
  }): Promise<string>;
}

const TIMEOUT_MS = 5_000;
/** Longest answer that is read, in bytes. Tokens have about 1,500. */
const MAX_ANSWER = 64 * 1_024;
/** The key by which OpenTelemetry's instrumentations know that nothing is to be traced. */
const SUPPRESS_TRACING = createContextKey(
  'OpenTelemetry SDK Context Key SUPPRESS_TRACING',
);

/**
 * The federation endpoint over HTTP. The documented call is a GET with the
 * credentials in its query, so its URL is kept out of traces, errors and logs
 * (I10): tracing is off around it, redirects are not followed, and errors are
 * replaced instead of being handed on.
 */
export class FederationEndpoint implements ConsoleSignIn {
  async url(request: Parameters<ConsoleSignIn['url']>[0]): Promise<string> {
    const signInToken = await this.token(request);
    return loginUrl(request.endpoint, { ...request, signInToken });
  }

  private async token(
    request: Parameters<ConsoleSignIn['url']>[0],
  ): Promise<string> {
    const url = signInTokenUrl(request.endpoint, request.credentials);
    const quiet = context.active().setValue(SUPPRESS_TRACING, true);
    const answer = await context
      .with(quiet, () => get(url))
      .catch((error: Error) => ({ problem: nameOf(error) }));
    const token =
      'body' in answer && answer.status === 200
        ? readSignInToken(answer.body)
        : undefined;
    if (!token) {
      const why =
        'problem' in answer ? answer.problem : `status ${answer.status}`;
      throw unavailableError(
        'aws-unavailable',
        `The sign-in endpoint of AWS gave no sign-in token (${why}). The credentials were thrown away and nothing was handed out. Try again, or take credentials for a shell.`,
      );
    }
    return token;
  }
}

async function get(url: URL): Promise<{ status: number; body: string }> {
  const response = await fetch(url, {
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER) {
      break;
    }
    chunks.push(chunk);
  }
  return { status: response.status, body: Buffer.concat(chunks).toString() };
}

/** Only the kind of an error: its message or cause may name the URL. */
function nameOf(error: Error): string {
  return error.name === 'TimeoutError' ? 'no answer in time' : 'not reachable';
}
