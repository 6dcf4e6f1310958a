import {
  AccountDetail,
  AccountRole,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import type { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { Wanted } from '../Wanted';
import { optionWords, WantedOptions } from '../wantedOptions';

/**
 * Refuses options that cannot hold at once, before one of them is silently the weaker.
 *
 * @param role - that `--role` names
 * @throws CliError with `usage` that names the options
 */
export function refuseContradictions(
  account: AccountDetail,
  role: AccountRole | undefined,
  { lease, profile }: Wanted,
): void {
  if (role?.access === 'standing' && lease !== undefined) {
    throw apart(
      `--lease ${lease}`,
      `--role ${role.id}`,
      'that is a standing role, which needs no lease',
    );
  }
  if (lease !== undefined) {
    refuseOtherLease(account, role, lease, profile);
  }
  if (profile !== undefined) {
    refuseOtherProfile(account, role, profile);
  }
}

/** Where no account is named, a lease alone can be: its id says everything. */
export function refuseWithoutAccount(
  context: Pick<Context, 'env'>,
  options: WantedOptions,
  command: string,
): void {
  const words = optionWords(options);
  if (words) {
    throw new CliError(
      line`Name the account of ${words}: ${commandHint(
        context,
        `${command} ACCOUNT ${words}`,
      )}`,
      EXIT.usage,
    );
  }
}

/** One's own lease that is of another role or profile than the options say. */
function refuseOtherLease(
  account: AccountDetail,
  role: AccountRole | undefined,
  lease: string,
  profile: string | undefined,
): void {
  for (const { id: roleId, openLeases } of account.roles) {
    const found = openLeases.find(({ id }) => id === lease);
    if (found && role && role.id !== roleId) {
      const why = `the lease is for the role ${roleId}`;
      throw apart(`--lease ${lease}`, `--role ${role.id}`, why);
    }
    if (found && profile !== undefined && found.profileId !== profile) {
      const why = `the lease is for the profile ${found.profileId}`;
      throw apart(`--lease ${lease}`, `--profile ${profile}`, why);
    }
  }
}

/** A profile that nothing on the account has, of what the options leave. */
function refuseOtherProfile(
  account: AccountDetail,
  role: AccountRole | undefined,
  profile: string,
): void {
  const roles = role ? [role] : account.roles;
  // A lease keeps a profile that the configuration has no more.
  const leased = roles.some(({ openLeases }) =>
    openLeases.some(({ profileId }) => profileId === profile),
  );
  const having = roles.filter(({ profiles }) =>
    profiles.some(({ id }) => id === profile),
  );
  if (leased || (role ? having.includes(role) : having.some(takesLease))) {
    return;
  }
  if (role) {
    const ids = role.profiles.map(({ id }) => id).join(', ');
    const why = ids ? `the role has ${ids}` : 'the role has no profiles';
    throw apart(`--role ${role.id}`, `--profile ${profile}`, why);
  }
  if (having.length > 0) {
    const ids = having.map(({ id }) => id).join(' or ');
    throw new CliError(
      line`--profile ${profile} is of a standing role on ${account.title}. Say which with --role ${ids}.`,
      EXIT.usage,
    );
  }
  const ids = account.roles.flatMap(each => each.profiles.map(({ id }) => id));
  throw new CliError(
    line`There is no profile ${profile} on ${account.title}. There are: ${[
      ...new Set(ids),
    ].join(', ')}.`,
    EXIT.usage,
    'profile-unknown',
  );
}

function takesLease({ access }: AccountRole): boolean {
  return access === 'lease';
}

function apart(one: string, other: string, why: string): CliError {
  return new CliError(
    line`${one} and ${other} contradict each other: ${why}.`,
    EXIT.usage,
  );
}
