import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { commandHint } from '../frame/commandHint';
import { describeError } from '../frame/describeError';
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

/** How long the portal may take until it is asked to issue, for somebody who still has living credentials. */
const BRIEF_MS = 5_000;

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
      `You are not signed in. Run: ${commandHint(context, 'login')}`,
      EXIT.notSignedIn,
    );
  }
  const file = cacheFile(context.folders.cache, identity, wanted);
  const found = options.renew ? undefined : await cachedFor(context, wanted);
  if (found) {
    return found;
  }
  // Who has living ones waits for nobody long.
  const alive = options.renew ? undefined : await livingIn(context, file);
  const fetchAndKeep = async () => {
    // Whoever held the lock before may have fetched them.
    const fetched = options.renew
      ? undefined
      : await cachedFor(context, wanted);
    if (fetched) {
      return fetched;
    }
    const issued = await issueCredentials(
      context,
      identity,
      wanted,
      alive && AbortSignal.timeout(BRIEF_MS),
    );
    if (options.renew) {
      await forgetCached(context, { accountRef: issued.accountRef });
    }
    await writeCached(file, issued, context.now()).catch(error =>
      // They are issued and good: losing them would help nobody.
      note(
        context,
        `break-glass: These credentials are not kept, and the next call gets new ones: ${
          describeError(context, error).message
        }`,
      ),
    );
    return issued;
  };
  try {
    return await withLock(file, fetchAndKeep, {
      brief: Boolean(alive),
      dispensable: true,
    });
  } catch (error) {
    return stillGood(context, alive, error);
  }
}

/** Kept credentials that AWS still takes. */
async function livingIn(
  context: Context,
  file: string,
): Promise<CachedCredentials | undefined> {
  const found = await readCached(file);
  return found && isAlive(context, found) ? found : undefined;
}

function isAlive(context: Context, { credentials }: CachedCredentials) {
  return Date.parse(credentials.expiration) > context.now();
}

/** While the portal does not answer, credentials that are due for renewal serve until they end. */
function stillGood(
  context: Context,
  old: CachedCredentials | undefined,
  error: unknown,
): CachedCredentials {
  const serves =
    old &&
    error instanceof CliError &&
    error.exitCode === EXIT.unavailable &&
    isAlive(context, old);
  if (!serves) {
    throw error;
  }
  note(
    context,
    `break-glass: ${error.message} These credentials end at ${old.credentials.expiration}.`,
  );
  return old;
}
