import { once } from 'node:events';

/**
 * Opens an address in the person's browser.
 *
 * @throws Error where nothing on this machine opens one
 */
export async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  // `open` gives its process away before it is known whether there is one.
  await once(await open(url), 'spawn');
}
