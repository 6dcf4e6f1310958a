import { findBlocks } from '../aws/config/blocks';
import { configFile, readBytes } from '../aws/config/configFiles';
import type { Context } from '../Context';
import { commandHint } from '../frame/commandHint';
import { Finding } from './Check';

/** Names that are written out; the rest is counted. */
const MOST_NAMED = 5;

/**
 * The profiles that `configure` wrote for the AWS CLI and SDKs.
 *
 * @throws CliError where nobody can say which lines are this command's
 */
export async function checkAwsProfiles(context: Context): Promise<Finding> {
  const name = 'AWS profiles';
  const blocks = findBlocks(await readBytes(configFile(context)));
  if (blocks.length === 0) {
    return {
      name,
      state: 'unknown',
      message: 'None of this command.',
      next: `Write some with: ${commandHint(context, 'configure ACCOUNT')}`,
    };
  }
  const names = blocks.slice(0, MOST_NAMED).map(block => block.name);
  const more = blocks.length - names.length;
  return {
    name,
    state: 'ok',
    message: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  };
}
