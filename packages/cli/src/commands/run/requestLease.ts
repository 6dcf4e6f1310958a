import type {
  BreakGlassClient,
  LeaseDetail,
  LeaseRequest,
} from 'backstage-plugin-break-glass-common';
import { randomUUID } from 'node:crypto';
import { forgetCached } from '../../aws/cache/forgetCached';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { prompts } from '../../frame/ask';
import { line } from '../../frame/inert';
import { note, say, sayJson } from '../../frame/output';
import { awaitDecision } from '../../portal/awaitDecision';
import { standing } from '../../words/leaseWords';
import type { RequestOptions } from '../request';
import { fillRequest } from './fillRequest';
import { showPreview } from './showPreview';

/** How often a request is sent where the answer is lost. */
const ATTEMPTS = 3;

/**
 * Asks for a lease.
 *
 * @throws CliError where something is missing or refused, and with `refused` where it is waited for and not approved
 */
export async function requestLease(
  context: Context,
  account: string | undefined,
  options: RequestOptions,
): Promise<void> {
  const { client } = await context.session();
  const { request, title } = await fillRequest(
    context,
    client,
    account,
    options,
  );
  await showPreview(context, client, request, title);
  if (!options.yes) {
    await ask(context);
  }
  const key = options.idempotencyKey ?? randomUUID();
  const lease = await send(client, request, key);
  // What is kept may be of a lease that was ended in the portal.
  await forgetCached(context, { accountRef: lease.account.ref });
  note(
    context,
    line`${lease.reused ? 'Asked for before' : 'Asked for'}: lease ${
      lease.id
    } is ${standing(lease, context.now())}.`,
  );
  const last = options.wait
    ? await awaitDecision(context, client, lease)
    : lease;
  if (options.json) {
    sayJson(context, last);
  } else {
    say(context, last.id);
  }
  refuseUnapproved(last);
}

async function ask(context: Context): Promise<void> {
  const { confirm } = await prompts(
    context,
    'Nobody can be asked here: add --yes to send the request.',
  );
  if (!(await confirm('Send this request?', true))) {
    throw new CliError('Stopped; nothing was sent.', EXIT.failed);
  }
}

/** The key makes it safe to send again what may have arrived. */
async function send(
  client: BreakGlassClient,
  body: LeaseRequest,
  idempotencyKey: string,
): Promise<LeaseDetail> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.call('requestLease', { body, idempotencyKey });
    } catch (error) {
      const lost =
        error instanceof CliError && error.exitCode === EXIT.unavailable;
      if (!lost || attempt === ATTEMPTS) throw error;
    }
  }
}

function refuseUnapproved(lease: LeaseDetail): void {
  if (['rejected', 'cancelled', 'lapsed', 'revoked'].includes(lease.status)) {
    throw new CliError(
      line`Lease ${lease.id} was not approved: it is ${lease.status}${
        lease.closeComment ? ` (${lease.closeComment})` : ''
      }.`,
      EXIT.refused,
    );
  }
}
