import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/** How long an answer may take. */
const PATIENCE_MS = 30_000;

/**
 * `fetch` towards a portal: bounded in time, and never led elsewhere by a redirect.
 *
 * @throws CliError with `unavailable` and the address where nothing answers
 */
export async function fetchPortal(
  input: string,
  init: RequestInit = {},
): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(input, {
      ...init,
      redirect: 'error',
      signal: init.signal ? AbortSignal.any([init.signal, patience]) : patience,
    });
  } catch (error) {
    if (init.signal?.aborted) {
      throw error;
    }
    throw new CliError(
      `The portal at ${new URL(input).origin} does not answer (${causeOf(
        error,
      )}).`,
      EXIT.unavailable,
    );
  }
}

/** The cause, never the request: its headers are secret. */
function causeOf(error: unknown): string {
  const { name, cause } = error as {
    name?: string;
    cause?: { code?: string; message?: string };
  };
  if (name === 'TimeoutError') {
    return `nothing came within ${PATIENCE_MS / 1000} s; try again`;
  }
  const code = cause?.code ?? '';
  if (/CERT|SIGNATURE|ISSUER|TLS|SSL/.test(code)) {
    return `${code}: its certificate is not trusted here; NODE_EXTRA_CA_CERTS names a file with your company's`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${code}: no such name; check the address and your network`;
  }
  return code || cause?.message || 'the connection failed';
}
