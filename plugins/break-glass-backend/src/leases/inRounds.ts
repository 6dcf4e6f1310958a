import { conflictError } from '../errors';

/** How often something is looked at again when another person was first. */
const MAX_ROUNDS = 5;

/**
 * Looks at something and writes what follows from it, again while somebody else
 * was first.
 * @param round - looks and writes; undefined where what it looked at had changed
 * @throws ConflictError `conflict` where others are always first.
 */
export async function inRounds<T>(
  round: () => Promise<T | undefined>,
): Promise<T> {
  for (let count = 1; count <= MAX_ROUNDS; count++) {
    const done = await round();
    if (done !== undefined) {
      return done;
    }
  }
  throw conflictError(
    'conflict',
    'Others decided at the same moment. Reload the page and try again.',
  );
}
