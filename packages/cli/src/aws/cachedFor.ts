import { Context } from '../Context';
import { CachedCredentials } from './cache/CachedCredentials';
import { cacheFile } from './cache/cacheFile';
import { readCached } from './cache/readCached';
import { isFresh } from './isFresh';
import { Wanted } from './Wanted';

/**
 * Kept credentials that can be used as they are. Asks nobody, and loads nothing that is slow to load.
 * @throws CliError where others can read or have made the cache
 */
export async function cachedFor(
  context: Pick<Context, 'identity' | 'folders' | 'now'>,
  wanted: Wanted,
): Promise<CachedCredentials | undefined> {
  const identity = await context.identity();
  if (!identity) {
    return undefined;
  }
  const found = await readCached(
    cacheFile(context.folders.cache, identity, wanted),
  );
  return found &&
    found.userRef === identity.userRef &&
    found.backendUrl === identity.backendUrl &&
    JSON.stringify(found.wanted) === JSON.stringify(wanted) &&
    isFresh(found, context.now())
    ? found
    : undefined;
}
