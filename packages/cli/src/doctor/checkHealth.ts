import type { Context } from '../Context';
import { describeError } from '../frame/describeError';
import { isSilence } from './askPortal';
import { Finding, notLookedAt, Round } from './Check';

/** What the portal says of itself, for those whom it tells. */
export async function checkHealth(
  context: Context,
  round: Round,
): Promise<Finding[]> {
  const name = 'Health';
  if (!(await context.identity())) {
    return [];
  }
  if ((await round.portal)?.silence) {
    return [notLookedAt(name)];
  }
  try {
    const { client } = await context.session(round.signal);
    const { parts } = await client.call('health', {});
    return parts.map(part => ({
      name: part.name,
      state: part.ok ? 'ok' : 'problem',
      message: part.words,
    }));
  } catch (error) {
    // For operators only; what keeps everybody out is said before.
    if (isSilence(error)) {
      return [notLookedAt(name)];
    }
    const { message } = describeError(context, error);
    return [{ name, state: 'unknown', message: `Not told: ${message}` }];
  }
}
