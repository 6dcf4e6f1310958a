import type {
  BreakGlassClient,
  IssuedSession,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { handOver } from '../../console/handOver';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { line } from '../../frame/inert';
import { note, say, sayJson } from '../../frame/output';
import { findAccount, pathOf } from '../../portal/findAccount';
import { leaseId } from '../../portal/leaseId';
import { myLeases, onlyOne } from '../../portal/myLeases';
import { instantWords } from '../../words/instant';
import type { ConsoleOptions } from '../console';

/**
 * Signs the person in to the AWS console.
 *
 * @throws CliError with `noLease` where no lease of theirs is active, and where no browser took the address
 */
export async function openConsole(
  context: Context,
  account: string | undefined,
  options: ConsoleOptions,
): Promise<void> {
  const { client } = await context.session();
  const issued = options.role
    ? await standing(client, account, options)
    : await underLease(client, account, options);
  if (issued.type !== 'console') {
    throw new CliError('The portal gave no console address.', EXIT.failed);
  }
  const { consoleUrl, session, warnings } = issued;
  for (const warning of warnings) {
    note(context, line`Warning: ${warning}`);
  }
  const until = session.expiresAt;
  if (options.print) {
    note(
      context,
      'Whoever has this address can sign in with it for 15 minutes. Do not share it.',
    );
    if (options.json) sayJson(context, { consoleUrl, expiresAt: until });
    else say(context, consoleUrl);
    return;
  }
  await handOver(context, consoleUrl);
  if (options.json) {
    sayJson(context, { opened: true, expiresAt: until });
  } else {
    say(
      context,
      until
        ? line`The AWS console is open in your browser, until ${instantWords(
            until,
            context.now(),
          )}.`
        : 'The AWS console is open in your browser.',
    );
  }
}

async function underLease(
  client: BreakGlassClient,
  account: string | undefined,
  options: ConsoleOptions,
): Promise<IssuedSession> {
  return client.call('createSession', {
    params: { id: await chooseLease(client, account, options.lease) },
    body: request(options),
  });
}

async function chooseLease(
  client: BreakGlassClient,
  account: string | undefined,
  lease: string | undefined,
): Promise<string> {
  if (lease) {
    return leaseId(lease);
  }
  const active = await myLeases(client, ['active']);
  const wanted = account ? (await findAccount(client, account)).ref : undefined;
  const fits = active.filter(
    one => !wanted || one.account.ref.toLowerCase() === wanted.toLowerCase(),
  );
  return onlyOne(fits, ['active']).id;
}

async function standing(
  client: BreakGlassClient,
  account: string | undefined,
  options: ConsoleOptions,
): Promise<IssuedSession> {
  if (!account || !options.role) {
    throw new CliError(
      'Name the account: break-glass console ACCOUNT --role ROLE',
      EXIT.usage,
    );
  }
  const { ref } = await findAccount(client, account);
  return client.call('createStandingSession', {
    params: pathOf(ref),
    body: {
      ...request(options),
      roleId: options.role,
      profileId: options.profile,
    },
  });
}

function request({ destination, region }: ConsoleOptions) {
  return { type: 'console' as const, destination, region };
}
