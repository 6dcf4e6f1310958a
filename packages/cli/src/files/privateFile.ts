import { dirname } from 'node:path';
import { FolderUnusable } from './FolderUnusable';
import { openPrivate } from './openPrivate';
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
  const file = await openPrivate(path);
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

/**
 * Writes such a file whole or not at all, readable by nobody else at any moment.
 * @throws FolderUnusable where the system does not let it
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  await privateFolder(dirname(path));
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, text, { mode: 0o600 }).catch(error => {
    throw FolderUnusable.of(dirname(path), error);
  });
}
