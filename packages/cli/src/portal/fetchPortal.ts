import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { proxyFor } from './proxyFor';
import { proxyWords } from './proxyWords';

/** How long an answer may take. */
const PATIENCE_MS = 30_000;

/**
 * `fetch` towards a portal: bounded in time, never led elsewhere by a redirect, and whole: what is good has come to its
 * end. Nothing is sent a second time.
 *
 * @throws CliError with `unavailable` and the address where nothing answers, only a part comes, or something else answers
 */
export async function fetchPortal(
  input: string,
  init: RequestInit = {},
): Promise<Response> {
  const response = await answerOf(input, init);
  if (response.ok && isPage(response)) {
    await response.body?.cancel();
    throw new CliError(
      `At ${
        new URL(input).origin
      } a page answers instead of the portal: it is not the address of its backend (backend.baseUrl), or something before it wants you to sign in there first.`,
      EXIT.unavailable,
    );
  }
  return response;
}

/** Proxies that want a sign-in of their own answer so; the portal answers these calls with JSON. */
function isPage({ headers }: Response): boolean {
  return Boolean(headers.get('content-type')?.startsWith('text/html'));
}

async function answerOf(input: string, init: RequestInit): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let begun = false;
  // As with NODE_EXTRA_CA_CERTS, it is the network of this process that counts.
  const proxy = proxyFor(new URL(input), process.env);
  try {
    const response = await send(input, proxy, {
      ...init,
      redirect: 'error',
      signal: init.signal ? AbortSignal.any([init.signal, patience]) : patience,
    });
    begun = true;
    // Of what is no good, its status says enough.
    return response.ok && !isPage(response)
      ? await wholeOf(response)
      : response;
  } catch (error) {
    // Out of patience is no answer, whoever's patience it is; a caller who stops knows why.
    if (init.signal?.aborted && !ranOut(error)) {
      throw error;
    }
    const { origin } = new URL(input);
    throw new CliError(
      begun && !ranOut(error)
        ? `The portal at ${origin} does not answer completely: its answer was cut off. Try again.`
        : `The portal at ${origin} does not answer (${causeOf(error)}).${
            proxy ? ` ${proxyWords(proxy)}` : ''
          }`,
      EXIT.unavailable,
    );
  }
}

/**
 * An answer that was read to its end.
 * @throws Error where it was cut off, which may repeat what is secret in it
 */
async function wholeOf(response: Response): Promise<Response> {
  const text = await response.text();
  // Where no length is said, only the form of the text shows that a part is missing.
  if (response.headers.get('content-type')?.startsWith('application/json')) {
    JSON.parse(text);
  }
  const { status, statusText, headers } = response;
  return new Response(text || null, { status, statusText, headers });
}

async function send(
  input: string,
  proxy: string | undefined,
  init: RequestInit,
): Promise<Response> {
  if (!proxy) {
    return fetch(input, init);
  }
  const { fetchThroughProxy } = await import('./fetchThroughProxy');
  return fetchThroughProxy(input, init, proxy);
}

function ranOut(error: unknown): boolean {
  return (error as { name?: string }).name === 'TimeoutError';
}

/** The cause, never the request: its headers are secret. */
function causeOf(error: unknown): string {
  const { cause } = error as {
    cause?: { code?: string; message?: string; cause?: { message?: string } };
  };
  if (ranOut(error)) {
    return 'nothing came in time; try again';
  }
  const code = cause?.code ?? '';
  if (/CERT|SIGNATURE|ISSUER|TLS|SSL/.test(code)) {
    return `${code}: its certificate is not trusted here; NODE_EXTRA_CA_CERTS names a file with your company's`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${code}: no such name; check the address and your network`;
  }
  const [, status] =
    /^Proxy response \((\d+)\)/.exec(cause?.cause?.message ?? '') ?? [];
  if (status) {
    return status === '407'
      ? '407: the proxy wants a name and a password, as in http://NAME:PASSWORD@HOST:PORT'
      : `the proxy answered with ${status}`;
  }
  return code || cause?.message || 'the connection failed';
}
