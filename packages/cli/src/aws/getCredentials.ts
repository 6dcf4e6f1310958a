import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { note } from '../frame/output';
import { CachedCredentials } from './cache/CachedCredentials';
import { cacheFile } from './cache/cacheFile';
import { forgetCached } from './cache/forgetCached';
import { readCached } from './cache/readCached';
import { withLock } from '../files/withLock';
import { writeCached } from './cache/writeCached';
import { cachedFor } from './cachedFor';
import { issueCredentials } from './issue/issueCredentials';
import { Wanted } from './Wanted';

/** How credentials are got. */
export interface GetOptions {
  /**
   * New ones, whatever is kept, and all that is kept for the account dropped: for those that AWS refuses, as their
   * lease was ended in the portal or by somebody else.
   */
  renew?: boolean;
}

/**
 * Credentials of the person who is signed in: kept ones while they are fresh, else new ones. Callers that ask for
 * the same at the same time share one issue, also from several processes.
 *
 * @throws CliError with the cause and the next step
 */
export async function getCredentials(
  context: Context,
  wanted: Wanted,
  options: GetOptions = {},
): Promise<CachedCredentials> {
  const identity = await context.identity();
  if (!identity) {
    throw new CliError(
      'You are not signed in. Run: break-glass login',
      EXIT.notSignedIn,
    );
  }
  const file = cacheFile(context.folders.cache, identity, wanted);
  const found = options.renew ? undefined : await cachedFor(context, wanted);
  if (found) {
    return found;
  }
  return withLock(file, async () => {
    // Whoever held the lock before may have fetched them.
    const fetched = options.renew
      ? undefined
      : await cachedFor(context, wanted);
    if (fetched) {
      return fetched;
    }
    const issued = await issueCredentials(context, identity, wanted).catch(
      error => {
        // Who wants new ones has found the old ones dead.
        if (options.renew) throw error;
        return stillGood(context, file, error);
      },
    );
    if (options.renew) {
      await forgetCached(context, { accountRef: issued.accountRef });
    }
    await writeCached(file, issued, context.now()).catch(() => {
      // They are issued and good: losing them would help nobody.
      note(
        context,
        `break-glass: These credentials could not be kept. The next call gets new ones.`,
      );
    });
    return issued;
  });
}

/** While the portal does not answer, credentials that are due for renewal serve until they end. */
async function stillGood(
  context: Context,
  file: string,
  error: unknown,
): Promise<CachedCredentials> {
  const old = await readCached(file);
  const alive =
    old &&
    error instanceof CliError &&
    error.exitCode === EXIT.unavailable &&
    Date.parse(old.credentials.expiration) > context.now();
  if (!alive) {
    throw error;
  }
  note(
    context,
    `break-glass: ${error.message} These credentials end at ${old.credentials.expiration}.`,
  );
  return old;
}
