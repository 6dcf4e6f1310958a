import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';
import { privateFolder } from '../../files/privateFolder';

/** After this long without a sign of life, the process that holds a lock is taken for dead. */
const STALE_MS = 10_000;
const UPDATE_MS = 2_000;
/** Waits from 50 to 500 ms: about two minutes in all, longer than any fetch may take. */
const RETRIES = { retries: 240, factor: 1.2, minTimeout: 50, maxTimeout: 500 };

/**
 * Runs one thing at a time for a file, over all processes of this person.
 * @throws CliError where another process does not come to an end
 */
export async function withLock<T>(
  file: string,
  action: () => Promise<T>,
): Promise<T> {
  await privateFolder(dirname(file));
  const release = await lock(file, {
    realpath: false,
    stale: STALE_MS,
    update: UPDATE_MS,
    retries: RETRIES,
    // A machine that slept: another process fetched meanwhile, and the later one is kept.
    onCompromised: () => {},
  }).catch(error => {
    throw error.code === 'ELOCKED'
      ? new CliError(
          'Another break-glass command is getting the same credentials and does not come to an end. Stop it, and try again.',
          EXIT.unavailable,
        )
      : error;
  });
  try {
    return await action();
  } finally {
    await release().catch(() => {});
  }
}
