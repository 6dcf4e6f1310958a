import type {
  BreakGlassClient,
  DecisionRequest,
  Extension,
  LeaseDetail,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { prompts } from '../../frame/ask';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { note, say, sayJson } from '../../frame/output';
import { hintUnknown } from '../../portal/hintUnknown';
import { leaseId } from '../../portal/leaseId';
import { leaseFacts, standing } from '../../words/leaseWords';
import type { DecideOptions } from '../decide';

type Verdict = DecisionRequest['verdict'];

/** Characters of a scope's hash that name it: 64 bits. */
const SCOPE_PREFIX = 16;

/**
 * Shows a lease, asks, and decides on exactly what was shown (I2). Who may decide is the portal's to say.
 *
 * @throws CliError where nobody looked at it, or the person thinks better of it
 */
export async function decideLease(
  context: Context,
  verdict: Verdict,
  named: string,
  options: DecideOptions,
): Promise<void> {
  const { client } = await context.session();
  const id = leaseId(context, named);
  const shown = await hintUnknown(
    context,
    client.call('getLease', { params: { id } }),
  );
  const extension = openExtension(shown);
  show(context, shown, options);
  checkExtension(context, extension, options);
  if (options.yes) {
    if (verdict === 'approve') checkScope(context, shown, options.scope);
  } else {
    await ask(context, verdict, shown, extension);
  }
  const decided = await send(client, verdict, shown, extension, options);
  if (options.json) {
    sayJson(context, decided);
    return;
  }
  const word = verdict === 'approve' ? 'Approved' : 'Rejected';
  say(
    context,
    line`${word}. Lease ${decided.id} is ${standing(decided, context.now())}.`,
  );
}

/** More time that an active lease asks for: then it is that which is decided on. */
function openExtension(lease: LeaseDetail): Extension | undefined {
  return lease.status === 'active'
    ? lease.extensions.find(({ status }) => status === 'pending')
    : undefined;
}

function show(
  context: Context,
  lease: LeaseDetail,
  options: DecideOptions,
): void {
  note(context, leaseFacts(lease, context.now()));
  if (options.policy) {
    note(context, JSON.stringify(lease.policy.document, null, 2));
  }
}

/** More time has the scope of its lease: without a question, its own id says that somebody looked at it. */
function checkExtension(
  context: Context,
  extension: Extension | undefined,
  { yes, extension: looked }: DecideOptions,
): void {
  const named = looked?.toUpperCase();
  if (named === extension?.id || (named === undefined && !yes)) {
    return;
  }
  throw new CliError(
    named
      ? line`The lease asks for no more time by the id ${named}. Look again with: ${commandHint(
          context,
          'status LEASE',
        )}`
      : `The lease asks for more time. With --yes, say that you have looked at that: --extension with the id that it has. See: ${commandHint(
          context,
          'status LEASE',
        )}`,
    EXIT.usage,
  );
}

/** Without a question, the scope proves that somebody looked at what is approved, and not just at an id. */
function checkScope(
  context: Context,
  lease: LeaseDetail,
  scope: string | undefined,
): void {
  const looked = scope?.toLowerCase() ?? '';
  if (looked.length < SCOPE_PREFIX || !lease.scopeHash.startsWith(looked)) {
    throw new CliError(
      scope
        ? 'The lease has another scope than the one you looked at. Look again.'
        : `With --yes, say what you have looked at: --scope with the scope that it has. See: ${commandHint(
            context,
            'status LEASE',
          )}`,
      EXIT.usage,
    );
  }
}

async function ask(
  context: Context,
  verdict: Verdict,
  lease: LeaseDetail,
  extension: Extension | undefined,
): Promise<void> {
  const { confirm } = await prompts(
    context,
    `Nobody can be asked here. Look at the lease, then add --yes. See: ${commandHint(
      context,
      'status LEASE',
    )}`,
  );
  const what = extension ? 'more time' : 'this';
  const agreed = await confirm(
    line`${verdict === 'approve' ? 'Approve' : 'Reject'} ${what} for ${
      lease.requester.displayName
    } on ${lease.account.title}?`,
    false,
  );
  if (!agreed) {
    throw new CliError('Stopped; nothing was decided.', EXIT.failed);
  }
}

function send(
  client: BreakGlassClient,
  verdict: Verdict,
  lease: LeaseDetail,
  extension: Extension | undefined,
  { step, comment }: DecideOptions,
): Promise<LeaseDetail> {
  const { durationMinutes } = extension ?? lease.term;
  const body = {
    step,
    verdict,
    comment,
    scopeHash: lease.scopeHash,
    term: { ...lease.term, durationMinutes },
  };
  const { id } = lease;
  return extension
    ? client.call('decideExtension', {
        params: { id, extensionId: extension.id },
        body,
      })
    : client.call('decideLease', { params: { id }, body });
}
