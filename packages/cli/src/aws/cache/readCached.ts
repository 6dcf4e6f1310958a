import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { refuseForeign } from '../../files/privateFolder';
import { CachedCredentials, parseCached } from './CachedCredentials';
import { refuseOpen } from './refuseOpen';

/** A file of credentials has less than 10 kB. */
const MAX_BYTES = 65_536;

/**
 * What a cache file holds. One that is missing, damaged or of another version is none.
 *
 * @throws CliError where others can read or have made it
 */
export async function readCached(
  file: string,
): Promise<CachedCredentials | undefined> {
  const handle = await open(
    file,
    // A link could lead to what somebody else planted.
    // eslint-disable-next-line no-bitwise
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0),
  ).catch(error => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code === 'ELOOP') refuseForeign(file, false, 0);
    throw error;
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
