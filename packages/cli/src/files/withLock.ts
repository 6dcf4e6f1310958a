import { dirname } from 'node:path';
import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';
import { FolderUnusable } from './FolderUnusable';
import { privateFolder } from './privateFolder';

/** After this long without a sign of life, the process that holds a lock is taken for dead. */
const STALE_MS = 10_000;
const UPDATE_MS = 2_000;
/** Waits from 50 to 500 ms: about two minutes in all, longer than any call to the portal may take. */
const PATIENT = { retries: 240, factor: 1.2, minTimeout: 50, maxTimeout: 500 };

/** The same for who can do without: about five seconds. */
const BRIEF = { ...PATIENT, retries: 18 };

/** There is no such folder for this person, or nothing is written in it: no other process has a lock there either. */
const NOWHERE = [
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
  'ELOOP',
  'ENAMETOOLONG',
];

/** One that came before may have a lock there; who can do without one does no harm. */
const FULL = ['ENOSPC', 'EDQUOT'];

/** What is there cannot be locked: others cannot either, or one that died left something in its lock. */
const NO_LOCKS = ['ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'ESTALE', 'ENOTEMPTY'];

/** How a lock is waited for. */
export interface LockOptions {
  /** Give up soon. */
  brief?: boolean;
  /**
   * Where nothing can be written, or no room is left, do without: for work that does no harm where it is done twice.
   * A process that is short of something does not: others may have a lock.
   */
  dispensable?: boolean;
}

/**
 * Does something about a file while no other process of this person does the same.
 *
 * @param file - need not be there; its folder is made if needed
 * @throws CliError where another process does not come to an end
 * @throws FolderUnusable where no lock can be made and it is not dispensable
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const release = await takeLock(file, options).catch(error => {
    if (options.dispensable && mayDoWithout(error)) return undefined;
    throw error;
  });
  try {
    return await work();
  } finally {
    await release?.().catch(() => {});
  }
}

async function takeLock(
  file: string,
  { brief }: LockOptions,
): Promise<() => Promise<void>> {
  const folder = dirname(file);
  await privateFolder(folder);
  // CommonJS: a bundle knows its default only.
  const { default: lockfile } = await import('proper-lockfile');
  const lock = (retries: typeof PATIENT | 0) =>
    lockfile.lock(file, {
      realpath: false,
      stale: STALE_MS,
      update: UPDATE_MS,
      retries,
      // A machine that slept: what is written is whole either way, and the later one is kept.
      onCompromised: () => {},
    });
  try {
    return await lock(0);
  } catch (error) {
    // The library would try again for minutes, whatever it was.
    if (!mayPass(error)) throw FolderUnusable.of(folder, error);
  }
  return lock(brief ? BRIEF : PATIENT).catch(error => {
    if (error.code !== 'ELOCKED') throw FolderUnusable.of(folder, error);
    throw new CliError(
      'Another break-glass command does the same and does not come to an end. Stop it, and try again.',
      EXIT.unavailable,
    );
  });
}

function mayDoWithout(error: unknown): boolean {
  return (
    error instanceof FolderUnusable &&
    [...NOWHERE, ...FULL, ...NO_LOCKS].includes(error.systemCode)
  );
}

/** Somebody else has it; Windows says so in these words, too, while a lock is being removed. */
function mayPass(error: unknown): boolean {
  const { code = '' } = Object(error) as { code?: string };
  return (
    code === 'ELOCKED' ||
    (process.platform === 'win32' && ['EPERM', 'EBUSY'].includes(code))
  );
}
