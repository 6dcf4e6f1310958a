import { chmod, lstat, mkdir } from 'node:fs/promises';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { FolderUnusable } from './FolderUnusable';

/**
 * Makes a folder that only the person can enter, and closes one that others can.
 *
 * @throws FolderUnusable where the system does not let it
 * @throws CliError where something else is there, or it is not the person's
 */
export async function privateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stats = await lstat(folder);
    refuseForeign(folder, stats.isDirectory(), stats.uid);
    if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
      await chmod(folder, 0o700);
    }
  } catch (error) {
    throw FolderUnusable.of(folder, error);
  }
}

/**
 * @throws CliError where something at `path` is not what we keep there, or is not the person's
 */
export function refuseForeign(
  path: string,
  expectedType: boolean,
  uid: number,
): void {
  if (!expectedType) {
    throw new CliError(
      `${path} is a link or not what belongs there. Look at it, and remove it.`,
      EXIT.failed,
    );
  }
  const own = process.getuid?.();
  if (own !== undefined && uid !== own) {
    throw new CliError(
      `${path} belongs to somebody else. Nothing in it is trusted; remove it.`,
      EXIT.failed,
    );
  }
}
