import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';
import { CachedCredentials, parseCached } from './CachedCredentials';
import { refuseOpen } from './refuseOpen';

/** A file of credentials has less than 10 kB. */
const MAX_BYTES = 65_536;

/**
 * What a cache file holds. One that is missing, damaged or of another version is none.
 * @throws CliError where others can read or have made it
 */
export async function readCached(
  file: string,
): Promise<CachedCredentials | undefined> {
  try {
    refuseOpen(dirname(file), await lstat(dirname(file)));
    const handle = await open(
      file,
      // A link could lead to a file that somebody else planted.
      // eslint-disable-next-line no-bitwise
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0),
    );
    try {
      const stats = await handle.stat();
      refuseOpen(file, stats);
      return stats.isFile() && stats.size <= MAX_BYTES
        ? parseCached(await handle.readFile('utf8'))
        : undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'ENOENT':
        return undefined;
      case 'ELOOP':
        throw new CliError(
          `${file} is a link to another file, so nothing in it is used. Delete it.`,
          EXIT.failed,
        );
      default:
        throw error;
    }
  }
}
