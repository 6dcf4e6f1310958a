import type { Context } from '../Context';
import { describeError } from '../frame/describeError';
import { Finding } from './Check';

/** What the portal says of itself, for those whom it tells. */
export async function checkHealth(context: Context): Promise<Finding[]> {
  const name = 'Health';
  if (!(await context.identity())) {
    return [];
  }
  try {
    const { client } = await context.session();
    const { parts } = await client.call('health', {});
    return parts.map(part => ({
      name: part.name,
      state: part.ok ? 'ok' : 'problem',
      message: part.words,
    }));
  } catch (error) {
    // For operators only; what keeps everybody out is said before.
    const { message } = describeError(error);
    return [{ name, state: 'unknown', message: `Not told: ${message}` }];
  }
}
