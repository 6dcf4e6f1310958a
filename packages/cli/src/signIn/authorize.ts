import { createHash, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { note } from '../frame/output';
import { CallbackServer } from './CallbackServer';
import { OAuthClient } from './OAuthClient';
import { Tokens } from './Tokens';

/** How a person gets to the portal's page. */
export interface AuthorizeOptions {
  /** Only print the address. */
  noBrowser: boolean;
  /** Ends the wait. */
  signal: AbortSignal;
}

/**
 * Lets a person sign in at the portal in a browser.
 *
 * @throws CliError where they refuse, or do not come back in time
 */
export async function authorize(
  context: Context,
  client: OAuthClient,
  { noBrowser, signal }: AuthorizeOptions,
): Promise<Tokens> {
  const verifier = randomBytes(48).toString('base64url');
  const state = randomBytes(32).toString('base64url');
  const server = await CallbackServer.start(state, {
    platform: context.platform,
  });
  const stopReading = readAddress(context, server);
  try {
    const url = client.authorizeUrl({
      redirectUri: server.redirectUri,
      state,
      challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    await show(context, url, server, noBrowser);
    const code = await Promise.race([server.code, aborted(signal)]);
    return await client.redeem(code, server.redirectUri, verifier);
  } finally {
    stopReading();
    await server.close();
  }
}

async function show(
  context: Context,
  url: string,
  server: CallbackServer,
  noBrowser: boolean,
): Promise<void> {
  const elsewhere = `On another machine the browser cannot come back here by itself: its address line then begins with ${server.redirectUri}. Paste that whole line here.`;
  if (noBrowser) {
    note(
      context,
      `Open this address in a browser and agree there:\n\n  ${url}\n\n${elsewhere}`,
    );
    return;
  }
  note(
    context,
    `Agree in your browser. If none opens, open this:\n\n  ${url}\n`,
  );
  await context.openBrowser(url).catch(() => {
    note(context, `No browser could be opened. ${elsewhere}`);
  });
}

/** Takes the address that a browser elsewhere ended up at. Without the verifier it is worth nothing. */
function readAddress(context: Context, server: CallbackServer): () => void {
  if (!context.stdin.isTTY) {
    return () => {};
  }
  const lines = createInterface({ input: context.stdin });
  lines.on('line', text => {
    const address = text.trim();
    if (address && !(URL.canParse(address) && server.take(new URL(address)))) {
      note(context, 'That is not the address of this sign-in. Try again.');
    }
  });
  return () => lines.close();
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () =>
      reject(
        new CliError(
          'Nobody agreed in time. Run the command again.',
          EXIT.notSignedIn,
        ),
      );
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}
