import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whether an address is one of this machine, which nothing on the network sees. */
export function isThisMachine({ hostname }: URL): boolean {
  return LOOPBACK.includes(hostname);
}

/**
 * The address of a portal as it is kept: without query and slash at the end.
 *
 * @throws CliError with `usage` for anything that tokens must not be sent to
 */
export function portalAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new CliError(
      `"${text}" is no address of a portal. It looks like https://portal.example.com`,
      EXIT.usage,
    );
  }
  if (url.protocol === 'http:' && !isThisMachine(url)) {
    throw new CliError(
      `${url.host} would be spoken to without encryption. Use https:// (http:// is for this machine only).`,
      EXIT.usage,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new CliError(
      'The address of a portal has no name, password, query or fragment in it.',
      EXIT.usage,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
