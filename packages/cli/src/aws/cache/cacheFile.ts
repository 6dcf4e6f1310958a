import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Wanted } from '../Wanted';
import { Identity } from './CachedCredentials';

/** Folder of the credentials inside this command's cache folder. */
export function cacheFolder(cache: string): string {
  return join(cache, 'credentials');
}

/**
 * The file of what one person asks of one portal in the same words. Nobody else's words lead to it: portal and
 * person are part of its name.
 */
export function cacheFile(
  cache: string,
  identity: Identity,
  wanted: Wanted,
): string {
  const key = [
    identity.backendUrl,
    identity.userRef,
    wanted.account,
    wanted.lease ?? null,
    wanted.role ?? null,
    wanted.profile ?? null,
  ];
  const hash = createHash('sha256').update(JSON.stringify(key)).digest('hex');
  return join(cacheFolder(cache), `${hash}.json`);
}
