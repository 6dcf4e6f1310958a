import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CachedCredentials } from './CachedCredentials';
import { readCached } from './readCached';
import { refuseOpen } from './refuseOpen';

/**
 * Makes the folder of cached credentials, for this person alone.
 * @throws CliError where others can reach it
 */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  refuseOpen(folder, await lstat(folder));
}

/** Keeps credentials, whole or not at all, and drops those beside them that have ended. */
export async function writeCached(
  file: string,
  cached: CachedCredentials,
  now: number,
): Promise<void> {
  await makeFolder(dirname(file));
  await writeFileAtomic(file, JSON.stringify(cached), { mode: 0o600 });
  await dropEnded(dirname(file), now);
}

/** The files of credentials in a folder; none where there is no folder. */
export async function cacheFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter(name => /^[0-9a-f]{64}\.json$/.test(name))
      .map(name => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

async function dropEnded(folder: string, now: number): Promise<void> {
  for (const file of await cacheFiles(folder)) {
    const found = await readCached(file).catch(() => undefined);
    if (found && Date.parse(found.credentials.expiration) <= now) {
      await rm(file, { force: true });
    }
  }
}
