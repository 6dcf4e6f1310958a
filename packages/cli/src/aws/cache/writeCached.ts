import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writePrivate } from '../../files/privateFile';
import { CachedCredentials } from './CachedCredentials';
import { cacheFiles } from './cacheFiles';
import { readCached } from './readCached';

/** Keeps credentials, whole or not at all, and drops those beside them that have ended. */
export async function writeCached(
  file: string,
  cached: CachedCredentials,
  now: number,
): Promise<void> {
  await writePrivate(file, JSON.stringify(cached));
  for (const other of await cacheFiles(dirname(file))) {
    const found = await readCached(other).catch(() => undefined);
    if (found && Date.parse(found.credentials.expiration) <= now) {
      await rm(other, { force: true });
    }
  }
}
