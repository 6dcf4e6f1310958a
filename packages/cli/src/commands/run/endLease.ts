import type {
  KillState,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { forgetCached } from '../../aws/cache/forgetCached';
import { Context } from '../../Context';
import { line } from '../../frame/inert';
import { say, sayJson } from '../../frame/output';
import { oneOfMine } from '../../portal/myLeases';
import type { EndOptions } from '../end';

const KILL_WORDS: Record<KillState, string> = {
  none: 'It gave no credentials.',
  'not-deployed':
    'Nothing in this account kills live credentials: they work until they or the lease would have ended.',
  requested: 'AWS is told to refuse its live credentials.',
  accepted: 'AWS has taken it that its live credentials are refused.',
  probed: 'AWS refuses its live credentials.',
};

/**
 * Ends a lease, or takes a request back.
 *
 * @param named - id of the lease, or the account that it is on
 * @throws CliError with `noLease` where there is nothing to end, with `usage` where there are several
 */
export async function endLease(
  context: Context,
  named: string | undefined,
  options: EndOptions,
): Promise<void> {
  const { client } = await context.session();
  const lease = await oneOfMine(context, client, named, {
    status: ['active', 'scheduled', 'pending'],
    naming: 'end LEASE',
  });
  const waits = lease.status === 'pending' || lease.status === 'scheduled';
  const closed = await client.call(waits ? 'cancelLease' : 'endLease', {
    params: { id: lease.id },
    body: { comment: options.comment },
  });
  // AWS refuses what is kept of it: a later lease would seem dead with that.
  await forgetCached(context, { leaseId: lease.id });
  if (options.json) {
    sayJson(context, closed);
    return;
  }
  say(context, closedWords(closed));
}

function closedWords(lease: LeaseDetail): string {
  const what = line`Lease ${lease.id} on ${lease.account.title} is ${lease.status}.`;
  if (lease.status === 'cancelled') {
    return what;
  }
  const kill = lease.sessionCount === 0 ? 'none' : lease.kill;
  return `${what} ${KILL_WORDS[kill]}`;
}
