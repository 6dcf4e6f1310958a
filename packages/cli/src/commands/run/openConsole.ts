import type {
  BreakGlassClient,
  LeaseStatus,
} from 'backstage-plugin-break-glass-common';
import { chooseWay, Way } from '../../aws/issue/chooseWay';
import { createSession } from '../../aws/issue/createSession';
import { refuseWithoutAccount } from '../../aws/issue/refuseContradictions';
import { wantedOf } from '../../aws/wantedOptions';
import { CliError } from '../../CliError';
import { handOver } from '../../console/handOver';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { line } from '../../frame/inert';
import { note, say, sayJson } from '../../frame/output';
import { findAccount } from '../../portal/findAccount';
import { hintUnknown } from '../../portal/hintUnknown';
import { leaseId } from '../../portal/leaseId';
import { myLeases, onlyOne } from '../../portal/myLeases';
import { instantWords } from '../../words/instant';
import type { ConsoleOptions } from '../console';

const ACTIVE: LeaseStatus[] = ['active'];

/**
 * Signs the person in to the AWS console.
 *
 * @throws CliError where there is no one way to it, and where no browser took the address
 */
export async function openConsole(
  context: Context,
  account: string | undefined,
  options: ConsoleOptions,
): Promise<void> {
  const { client } = await context.session();
  const way = await wayOf(context, client, account, options);
  const { destination, region } = options;
  const issued = await hintUnknown(
    context,
    createSession(context, client, way, {
      type: 'console',
      destination,
      region,
    }),
  );
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

/** Where an account is named, by the rule of everything that gives credentials; else the one lease that is active. */
async function wayOf(
  context: Context,
  client: BreakGlassClient,
  account: string | undefined,
  options: ConsoleOptions,
): Promise<Way> {
  if (account !== undefined) {
    const wanted = wantedOf(context, account, options);
    return chooseWay(
      context,
      await findAccount(context, client, account),
      wanted,
    );
  }
  refuseWithoutAccount(context, options, 'console');
  if (options.lease !== undefined) {
    return { type: 'lease', leaseId: leaseId(context, options.lease) };
  }
  const active = await myLeases(client, ACTIVE);
  const { id } = onlyOne(context, active, {
    status: ACTIVE,
    naming: 'console --lease LEASE',
  });
  return { type: 'lease', leaseId: id };
}
