import { constants } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { privateFolder, refuseForeign } from './privateFolder';

/** What was in a file, and whether others could have read it until now. */
export interface PrivateText {
  text: string;
  wasOpen: boolean;
}

/**
 * Reads a file that belongs to the person alone, and closes one that others can read.
 *
 * @returns undefined where there is none
 * @throws CliError for a link, and for a file of somebody else
 */
export async function readPrivate(
  path: string,
): Promise<PrivateText | undefined> {
  // Windows has no such flag, and no modes; the profile folder is the person's there.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags).catch(error => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code === 'ELOOP') refuseForeign(path, false, 0);
    throw error;
  });
  if (!file) {
    return undefined;
  }
  try {
    const stats = await file.stat();
    refuseForeign(path, stats.isFile(), stats.uid);
    const wasOpen = process.platform !== 'win32' && (stats.mode & 0o077) !== 0;
    if (wasOpen) {
      await file.chmod(0o600);
    }
    return { text: await file.readFile('utf8'), wasOpen };
  } finally {
    await file.close();
  }
}

/** Writes such a file whole or not at all, readable by nobody else at any moment. */
export async function writePrivate(path: string, text: string): Promise<void> {
  await privateFolder(dirname(path));
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, text, { mode: 0o600 }).catch(error => {
    throw new CliError(
      `Cannot write ${path} (${error.code}). Make room or mend its folder.`,
      EXIT.failed,
    );
  });
}

/** Removes it, if it is there. */
export async function removePrivate(path: string): Promise<void> {
  await rm(path, { force: true });
}
