import { lstat } from 'node:fs/promises';
import { isSystemError } from '../../files/FolderUnusable';
import { openPrivate } from '../../files/openPrivate';
import { refuseForeign } from '../../files/privateFolder';
import { CachedCredentials, parseCached } from './CachedCredentials';
import { refuseOpen } from './refuseOpen';

/** A file of credentials has less than 10 kB. */
const MAX_BYTES = 65_536;

/**
 * What a cache file holds. One that is missing, damaged, of another version or cannot be read is none.
 *
 * @throws CliError where others can read or have made it
 */
export async function readCached(
  file: string,
): Promise<CachedCredentials | undefined> {
  const handle = await openPrivate(file).catch(async error => {
    if (!isSystemError(error)) throw error;
    await refuseOthers(file);
    // Where nothing can be read, nothing is kept.
    return undefined;
  });
  if (!handle) {
    return undefined;
  }
  try {
    const stats = await handle.stat();
    refuseOpen(file, stats);
    return stats.size <= MAX_BYTES
      ? parseCached(await handle.readFile('utf8'))
      : undefined;
  } finally {
    await handle.close();
  }
}

/** What somebody else put there and closed cannot be opened, and is no less theirs. */
async function refuseOthers(file: string): Promise<void> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats) refuseForeign(file, true, stats.uid);
}
