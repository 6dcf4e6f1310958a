import { rm } from 'node:fs/promises';
import { Context } from '../../Context';
import { isSystemError } from '../../files/FolderUnusable';
import { note } from '../../frame/output';
import { Identity } from './CachedCredentials';
import { cacheFolder } from './cacheFile';
import { cacheFiles } from './cacheFiles';
import { readCached } from './readCached';

/** Which of the kept credentials are dropped; without both, all of the person. */
export interface Forgotten {
  leaseId?: string;
  accountRef?: string;
}

/**
 * Drops kept credentials of the person who is signed in. What ends a lease calls it with the lease, right after the
 * portal has ended it: AWS refuses them from then on, and with them every later lease on the account would seem
 * dead until they expire. What signs out calls it for all, before it signs out.
 *
 * @returns how many were dropped; where the system lets nothing be deleted, the person is told
 */
export async function forgetCached(
  context: Context,
  forgotten: Forgotten = {},
): Promise<number> {
  const folder = cacheFolder(context.folders.cache);
  const identity = await context.identity();
  try {
    return await dropIn(folder, identity, forgotten);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // What was done before is done: it is no failure of that.
    note(
      context,
      `break-glass: What is kept of these credentials could not be deleted (${error.code}). Delete ${folder}.`,
    );
    return 0;
  }
}

async function dropIn(
  folder: string,
  identity: Identity | undefined,
  { leaseId, accountRef }: Forgotten,
): Promise<number> {
  let dropped = 0;
  for (const file of await cacheFiles(folder)) {
    // What cannot be read is no use to anybody, and may hold what is to go.
    const found = await readCached(file).catch(() => undefined);
    const kept =
      found &&
      (found.userRef !== identity?.userRef ||
        found.backendUrl !== identity?.backendUrl ||
        (leaseId !== undefined && found.leaseId !== leaseId) ||
        (accountRef !== undefined && found.accountRef !== accountRef));
    if (!kept) {
      await rm(file, { force: true });
      dropped += 1;
    }
  }
  return dropped;
}
