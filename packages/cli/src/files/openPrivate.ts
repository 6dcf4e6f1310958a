import { constants } from 'node:fs';
import { FileHandle, open } from 'node:fs/promises';
import { refuseForeign } from './privateFolder';

/**
 * Opens a file of the person to read it, and never what a link leads to: somebody else may have planted that.
 *
 * @returns undefined where there is none
 * @throws CliError for a link
 */
export async function openPrivate(
  path: string,
): Promise<FileHandle | undefined> {
  // Windows has no such flag, and no modes; the profile folder is the person's there.
  // eslint-disable-next-line no-bitwise
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  try {
    return await open(path, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') refuseForeign(path, false, 0);
    throw error;
  }
}
