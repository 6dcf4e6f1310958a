import type {
  BreakGlassClient,
  LeaseStatus,
  LeaseSummary,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import type { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { commandHint } from '../frame/commandHint';
import { line } from '../frame/inert';
import { isMeant } from './accountNames';
import { allPages } from './allPages';
import { findAccount } from './findAccount';
import { hintUnknown } from './hintUnknown';
import { isLeaseId, leaseId } from './leaseId';

/** The person's leases in these states. */
export function myLeases(
  client: BreakGlassClient,
  status: LeaseStatus[],
): Promise<LeaseSummary[]> {
  return allPages(cursor =>
    client.call('listLeases', {
      query: { view: 'mine', status: status.join(','), limit: 100, cursor },
    }),
  );
}

/** Which of a person's leases count, and how one of several is named. */
export interface Sought {
  status: LeaseStatus[];
  /** What to run with the id of one, such as `end LEASE`. */
  naming: string;
}

/**
 * The lease that a person means: the one they name by its id, their only one on the account that they name, or their
 * only one. The account is looked for in the leases alone, so that a lease is found whatever became of its account.
 *
 * @throws CliError with `noLease` for none, with `usage` for several, and for a name that means nothing
 */
export async function oneOfMine(
  context: Pick<Context, 'env'>,
  client: BreakGlassClient,
  named: string | undefined,
  sought: Sought,
): Promise<LeaseSummary> {
  if (named?.trim() === '') {
    // An unset variable of a script must not mean the only one.
    throw new CliError(
      `The name of the lease is empty. See: ${commandHint(context, 'status')}`,
      EXIT.usage,
    );
  }
  if (named && isLeaseId(named)) {
    const id = leaseId(context, named);
    return hintUnknown(context, client.call('getLease', { params: { id } }));
  }
  const mine = await myLeases(client, sought.status);
  if (!named) {
    return onlyOne(context, mine, sought);
  }
  const there = mine.filter(({ account }) => isMeant(account, named));
  if (there.length === 0) {
    throw await noneOn(context, client, named, sought);
  }
  return onlyOne(context, there, sought);
}

/**
 * @throws CliError with `noLease` for none, with `usage` for several
 */
export function onlyOne(
  context: Pick<Context, 'env'>,
  leases: LeaseSummary[],
  { status, naming }: Sought,
): LeaseSummary {
  if (leases.length === 0) {
    throw new CliError(
      line`You have no lease that is ${status.join(' or ')}. Run: ${commandHint(
        context,
        'request',
      )}`,
      EXIT.noLease,
    );
  }
  if (leases.length > 1) {
    const ids = leases
      .map(
        ({ id, account, profile }) =>
          `${id} (${account.title}, ${profile.title})`,
      )
      .join(', ');
    throw new CliError(
      line`You have several: say which one, of ${ids}. Run: ${commandHint(
        context,
        naming,
      )}`,
      EXIT.usage,
    );
  }
  return leases[0];
}

/** Tells an account without a lease from a word that is nothing. */
async function noneOn(
  context: Pick<Context, 'env'>,
  client: BreakGlassClient,
  named: string,
  { status }: Sought,
): Promise<CliError> {
  const see = commandHint(context, 'status');
  try {
    const { title } = await findAccount(context, client, named);
    return new CliError(
      line`You have no lease on ${title} that is ${status.join(
        ' or ',
      )}. See: ${see}`,
      EXIT.noLease,
    );
  } catch (error) {
    if (!(error instanceof CliError) || error.exitCode !== EXIT.usage) {
      throw error;
    }
    return new CliError(
      line`"${named}" is neither the id of a lease nor an account on which you have one. See: ${see}`,
      EXIT.usage,
    );
  }
}
