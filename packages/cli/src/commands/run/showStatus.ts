import type {
  BreakGlassClient,
  LeaseDetail,
  LeaseStatus,
  LeaseSummary,
} from 'backstage-plugin-break-glass-common';
import { Context } from '../../Context';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { say, sayJson } from '../../frame/output';
import { allPages } from '../../portal/allPages';
import { hintUnknown } from '../../portal/hintUnknown';
import { isLeaseId, leaseId } from '../../portal/leaseId';
import { myLeases, oneOfMine } from '../../portal/myLeases';
import { leaseFacts, standing, stepWords } from '../../words/leaseWords';
import { tableText } from '../../words/tableText';
import type { StatusOptions } from '../status';

/** Requests whose steps are looked up, so that the answer says for whom they wait. */
const MOST_LOOKUPS = 10;

/** The states of leases that somebody can still do something about. */
const OPEN: LeaseStatus[] = ['active', 'scheduled', 'pending'];

/**
 * Prints leases and how they stand.
 *
 * @param named - id of a lease, or the account that one of the person's own is on
 */
export async function showStatus(
  context: Context,
  named: string | undefined,
  options: StatusOptions,
): Promise<void> {
  const { client } = await context.session();
  if (named) {
    const id = isLeaseId(named)
      ? leaseId(context, named)
      : (
          await oneOfMine(context, client, named, {
            status: OPEN,
            naming: 'status LEASE',
          })
        ).id;
    await showLease(context, client, id, options);
  } else if (options.approvals) {
    await showApprovals(context, client, options);
  } else {
    await showMine(context, client, options);
  }
}

async function showLease(
  context: Context,
  client: BreakGlassClient,
  id: string,
  options: StatusOptions,
): Promise<void> {
  const detail = await hintUnknown(
    context,
    client.call('getLease', { params: { id } }),
  );
  if (options.json) {
    sayJson(context, detail);
    return;
  }
  say(context, leaseFacts(detail, context.now()));
  if (options.policy) {
    say(context, JSON.stringify(detail.policy.document, null, 2));
  }
}

async function showApprovals(
  context: Context,
  client: BreakGlassClient,
  options: StatusOptions,
): Promise<void> {
  const items = await allPages(cursor =>
    client.call('listLeases', {
      query: { view: 'approvals', limit: 100, cursor },
    }),
  );
  if (options.json) {
    sayJson(context, { items });
    return;
  }
  if (items.length === 0) {
    say(context, 'Nothing waits for your decision.');
    return;
  }
  const rows = items.map(lease => [
    lease.id,
    lease.requester.displayName,
    lease.account.title,
    lease.profile.title,
    lease.extensionAsked
      ? 'asks for more time'
      : standing(lease, context.now()),
    lease.reason,
  ]);
  say(
    context,
    await tableText(
      ['LEASE', 'REQUESTER', 'ACCOUNT', 'PROFILE', 'STATE', 'REASON'],
      rows,
    ),
  );
  say(
    context,
    `\nLook at one and decide: ${commandHint(context, 'approve LEASE')}`,
  );
}

async function showMine(
  context: Context,
  client: BreakGlassClient,
  options: StatusOptions,
): Promise<void> {
  const items = await myLeases(client, OPEN);
  if (options.json) {
    sayJson(context, { items });
    return;
  }
  if (items.length === 0) {
    say(
      context,
      `You have no lease. Ask for one: ${commandHint(context, 'request')}`,
    );
    return;
  }
  const rows = items.map(lease => [
    lease.id,
    lease.account.title,
    lease.role.title,
    lease.profile.title,
    standing(lease, context.now()),
  ]);
  say(
    context,
    await tableText(['LEASE', 'ACCOUNT', 'ROLE', 'PROFILE', 'STATE'], rows),
  );
  for (const lease of await details(client, items)) {
    const words = stepWords(lease).map(step => `  ${step}`);
    say(context, '');
    say(context, line`${lease.id} waits for:`);
    say(context, words.join('\n'));
  }
}

function details(
  client: BreakGlassClient,
  leases: LeaseSummary[],
): Promise<LeaseDetail[]> {
  const pending = leases
    .filter(({ status }) => status === 'pending')
    .slice(0, MOST_LOOKUPS);
  return Promise.all(
    pending.map(({ id }) => client.call('getLease', { params: { id } })),
  );
}
