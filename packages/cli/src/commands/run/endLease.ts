import type {
  KillState,
  LeaseDetail,
  LeaseSummary,
} from 'backstage-plugin-break-glass-common';
import { forgetCached } from '../../aws/cache/forgetCached';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { prompts } from '../../frame/ask';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { note, say, sayJson } from '../../frame/output';
import { isExactly } from '../../portal/accountNames';
import { isLeaseId } from '../../portal/leaseId';
import { oneOfMine } from '../../portal/myLeases';
import { factLines } from '../../words/facts';
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
 * @throws CliError with `noLease` where there is nothing to end, with `usage` where there are several, or somebody would
 * have to be asked and cannot
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
  if (named && !options.yes && !isUnmistakable(lease, named)) {
    await ask(context, lease, named);
  }
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

/** Names and titles are of several accounts: the one that is meant may have no lease, and another of that name one. */
function isUnmistakable({ account }: LeaseSummary, named: string): boolean {
  return isLeaseId(named) || isExactly(account, named);
}

async function ask(
  context: Context,
  { id, account, profile, status }: LeaseSummary,
  named: string,
): Promise<void> {
  const { confirm } = await prompts(
    context,
    line`"${named}" names your lease on ${account.title} (${
      account.accountId
    }), and other accounts may have that name. Nobody can be asked here. Run: ${commandHint(
      context,
      `end ${id}`,
    )}`,
  );
  note(
    context,
    factLines([
      ['Lease', line`${id}`],
      ['Account', line`${account.title} (${account.accountId})`],
      ['Profile', line`${profile.title}`],
      ['Status', line`${status}`],
    ]),
  );
  if (!(await confirm(line`End the lease on ${account.title}?`, false))) {
    throw new CliError('Stopped; nothing was ended.', EXIT.failed);
  }
}

function closedWords(lease: LeaseDetail): string {
  const what = line`Lease ${lease.id} on ${lease.account.title} is ${lease.status}.`;
  if (lease.status === 'cancelled') {
    return what;
  }
  const kill = lease.sessionCount === 0 ? 'none' : lease.kill;
  return `${what} ${KILL_WORDS[kill]}`;
}
