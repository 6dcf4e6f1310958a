import { join } from 'node:path';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { privateFolder } from './privateFolder';

/**
 * Does something while no other process of this person does the same. A process that dies leaves a lock that
 * counts for ten seconds.
 *
 * @param folder - folder of the lock, which is made if needed
 * @throws CliError where others hold it for half a minute
 */
export async function withLock<T>(
  folder: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  await privateFolder(folder);
  // CommonJS: a bundle knows its default only.
  const { default: lockfile } = await import('proper-lockfile');
  const release = await lockfile
    .lock(join(folder, name), {
      realpath: false,
      stale: 10_000,
      retries: { retries: 300, minTimeout: 50, maxTimeout: 100, factor: 1.2 },
      // Only after a standstill of the machine; what is written is whole either way.
      onCompromised: () => {},
    })
    .catch(error => {
      if (error.code !== 'ELOCKED') throw error;
      throw new CliError(
        'Another break-glass holds the sign-in. Try again when it is done.',
        EXIT.unavailable,
      );
    });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}
