import { rm } from 'node:fs/promises';
import { Context } from '../../Context';
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
 * @returns how many were dropped
 */
export async function forgetCached(
  context: Context,
  { leaseId, accountRef }: Forgotten = {},
): Promise<number> {
  const identity = await context.identity();
  let dropped = 0;
  for (const file of await cacheFiles(cacheFolder(context.folders.cache))) {
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
