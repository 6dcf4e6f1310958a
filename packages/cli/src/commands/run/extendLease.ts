import type {
  BreakGlassClient,
  Extension,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { askText, prompts } from '../../frame/ask';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { note, say, sayJson } from '../../frame/output';
import { awaitExtension } from '../../portal/awaitDecision';
import { hintUnknown } from '../../portal/hintUnknown';
import { isLeaseId, leaseId } from '../../portal/leaseId';
import { oneOfMine } from '../../portal/myLeases';
import { durationWords, parseDuration } from '../../words/duration';
import { factLines } from '../../words/facts';
import { instantWords } from '../../words/instant';
import { standing } from '../../words/leaseWords';
import type { ExtendOptions } from '../extend';

/** What is asked for. */
interface MoreTime {
  minutes: number;
  reason: string;
}

/**
 * Asks for more time for an active lease.
 *
 * @throws CliError where something is missing or refused, and with `refused` where it is waited for and not approved
 */
export async function extendLease(
  context: Context,
  named: string | undefined,
  options: ExtendOptions,
): Promise<void> {
  const { client } = await context.session();
  const lease = await leaseOf(context, client, named);
  refuse(lease);
  const asked = await fill(context, lease, options);
  note(context, previewFacts(lease, asked, context.now()));
  if (!options.yes) {
    await ask(context, lease);
  }
  const { last, extension } = await send(
    context,
    client,
    lease,
    asked,
    options,
  );
  if (options.json) {
    sayJson(context, last);
  } else {
    say(
      context,
      line`Lease ${last.id} is ${standing(
        last,
        context.now(),
      )}. ${durationWords(extension.minutes)} more: ${extension.status}.`,
    );
  }
  refuseUnapproved(last, extension);
}

async function leaseOf(
  context: Context,
  client: BreakGlassClient,
  named: string | undefined,
): Promise<LeaseDetail> {
  const sought = { status: ['active' as const], naming: 'extend LEASE' };
  const id =
    named && isLeaseId(named)
      ? leaseId(context, named)
      : (await oneOfMine(context, client, named, sought)).id;
  return hintUnknown(context, client.call('getLease', { params: { id } }));
}

/** The portal says why, as it does for the page. */
function refuse({ id, status, actions: { extend } }: LeaseDetail): void {
  if (!extend.allowed) {
    throw new CliError(
      line`Lease ${id} gets no more time. ${extend.reasons
        .map(({ message }) => message)
        .join(' ')}`,
      status === 'active' ? EXIT.refused : EXIT.noLease,
    );
  }
}

async function fill(
  context: Context,
  { extendable }: LeaseDetail,
  options: ExtendOptions,
): Promise<MoreTime> {
  const most = `${durationWords(extendable)} at most`;
  const minutes = parseDuration(
    options.duration ??
      (await askText(
        context,
        `How much longer, ${most}`,
        `Say how much longer, ${most}: --duration`,
      )),
  );
  if (minutes > extendable) {
    throw new CliError(
      `${durationWords(minutes)} more is too long: ${most}.`,
      EXIT.usage,
    );
  }
  const reason =
    options.reason ?? (await askText(context, 'Reason', 'Say why: --reason'));
  return { minutes, reason };
}

function previewFacts(
  lease: LeaseDetail,
  { minutes, reason }: MoreTime,
  now: number,
): string {
  const { account, expiresAt = new Date(now).toISOString() } = lease;
  const end = new Date(Date.parse(expiresAt) + minutes * 60_000).toISOString();
  const length = durationWords(lease.term.durationMinutes + minutes);
  return factLines([
    ['Lease', line`${lease.id}`],
    ['Account', line`${account.title} (${account.accountId})`],
    ['Profile', line`${lease.profile.title}`],
    ['Ends', line`${instantWords(expiresAt, now)}, until more is approved`],
    ['Would end', line`${instantWords(end, now)}, ${length} in all`],
    ['Reason', line`${reason}`],
    ['Approval', approvalWords(lease)],
  ]);
}

/** The lease's own steps, once more; what was decided on the lease counts for nothing. */
function approvalWords({ steps }: LeaseDetail): string[] {
  return steps.map(
    step =>
      line`${step.title} [${step.id}]: ${step.words} (0 of ${step.count})`,
  );
}

async function ask(context: Context, lease: LeaseDetail): Promise<void> {
  const { confirm } = await prompts(
    context,
    'Nobody can be asked here: add --yes to ask for more time.',
  );
  const agreed = await confirm(
    line`Ask for more time on ${lease.account.title}?`,
    false,
  );
  if (!agreed) {
    throw new CliError('Stopped; nothing was sent.', EXIT.failed);
  }
}

async function send(
  context: Context,
  client: BreakGlassClient,
  lease: LeaseDetail,
  body: MoreTime,
  { wait }: ExtendOptions,
): Promise<{ last: LeaseDetail; extension: Extension }> {
  const params = { id: lease.id };
  const sent = await client.call('requestExtension', { params, body });
  const before = new Set(lease.extensions.map(({ id }) => id));
  const made = sent.extensions.find(({ id }) => !before.has(id));
  if (!made) {
    throw new CliError(
      `The portal did not say what became of it. See: ${commandHint(
        context,
        `status ${lease.id}`,
      )}`,
      EXIT.failed,
    );
  }
  note(
    context,
    line`Asked for ${durationWords(made.minutes)} more [${made.id}].`,
  );
  const last = wait
    ? await awaitExtension(context, client, sent, made.id)
    : sent;
  const settled = last.extensions.find(({ id }) => id === made.id);
  return { last, extension: settled ?? made };
}

function refuseUnapproved({ id }: LeaseDetail, { status }: Extension): void {
  if (status !== 'pending' && status !== 'approved') {
    throw new CliError(
      line`More time for lease ${id} was not approved: it is ${status}.`,
      EXIT.refused,
    );
  }
}
