import { Context } from '../Context';
import { prompts } from '../frame/ask';
import { line } from '../frame/inert';
import { Wanted } from './Wanted';

/**
 * Offers to ask for a lease, and waits until it is decided.
 *
 * @param context - with the terminal of the person as its input and output
 * @returns whether there is a lease now
 */
export async function offerRequest(
  context: Context,
  { account, role, profile }: Wanted,
): Promise<boolean> {
  const { confirm } = await prompts(context, 'Nobody can be asked here.');
  const wanted = await confirm(
    line`You have no active lease on ${account}. Ask for one now?`,
    true,
  );
  if (wanted) {
    const { requestLease } = await import('../commands/run/requestLease');
    await requestLease(context, account, {
      role,
      profile,
      param: [],
      wait: true,
    });
  }
  return wanted;
}
