import { dirname } from 'node:path';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { privateFolder } from './privateFolder';

/** After this long without a sign of life, the process that holds a lock is taken for dead. */
const STALE_MS = 10_000;
const UPDATE_MS = 2_000;
/** Waits from 50 to 500 ms: about two minutes in all, longer than any call to the portal may take. */
const PATIENT = { retries: 240, factor: 1.2, minTimeout: 50, maxTimeout: 500 };

/** The same for who can do without: about five seconds. */
const BRIEF = { ...PATIENT, retries: 18 };

/**
 * Does something about a file while no other process of this person does the same.
 *
 * @param file - need not be there; its folder is made if needed
 * @param options - `brief`: give up soon
 * @throws CliError where another process does not come to an end
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: { brief?: boolean } = {},
): Promise<T> {
  await privateFolder(dirname(file));
  // CommonJS: a bundle knows its default only.
  const { default: lockfile } = await import('proper-lockfile');
  const release = await lockfile
    .lock(file, {
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      retries: options.brief ? BRIEF : PATIENT,
      // A machine that slept: what is written is whole either way, and the later one is kept.
      onCompromised: () => {},
    })
    .catch(error => {
      if (error.code !== 'ELOCKED') throw error;
      throw new CliError(
        'Another break-glass command does the same and does not come to an end. Stop it, and try again.',
        EXIT.unavailable,
      );
    });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}
