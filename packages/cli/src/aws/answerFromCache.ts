import { parseArgs } from 'node:util';
import { credentialProcessAnswer } from 'backstage-plugin-break-glass-common/credentials';
import { Context } from '../Context';
import { cachedFor } from './cachedFor';

/**
 * The short way of `credential-process`: its answer from kept credentials, without loading what parses commands and
 * talks to the portal. Whatever is not plain goes the long way, which also says what is wrong.
 *
 * @param argv - what follows `credential-process`
 * @returns what goes to standard output, or undefined where the long way is to be gone
 */
export async function answerFromCache(
  context: Pick<Context, 'identity' | 'folders' | 'now' | 'env'>,
  argv: string[],
): Promise<string | undefined> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        lease: { type: 'string' },
        role: { type: 'string' },
        profile: { type: 'string' },
        portal: { type: 'string' },
        // The answer is JSON either way.
        json: { type: 'boolean' },
      },
    });
    if (positionals.length !== 1) {
      return undefined;
    }
    const { lease, role, profile, portal } = values;
    // Where the long way notes the choice, too: the sign-in is looked up by it.
    if (portal) {
      context.env.BREAK_GLASS_PORTAL = portal;
    }
    const [account] = positionals;
    const found = await cachedFor(context, { account, lease, role, profile });
    return found && credentialProcessAnswer(found.credentials).stdout;
  } catch {
    return undefined;
  }
}
