import {
  AccountDetail,
  AccountRole,
  OpenLease,
} from 'backstage-plugin-break-glass-common';
import { CliError } from '../../CliError';
import { Context } from '../../Context';
import { EXIT } from '../../exitCodes';
import { commandHint } from '../../frame/commandHint';
import { line } from '../../frame/inert';
import { shortRef } from '../../portal/accountNames';
import { Wanted } from '../Wanted';
import { optionWords } from '../wantedOptions';
import { refuseContradictions } from './refuseContradictions';

/** What a session is issued under: a lease, or a role that needs none. */
export type Way =
  | { type: 'lease'; leaseId: string; endsAt?: string }
  | {
      type: 'standing';
      accountRef: string;
      roleId: string;
      profileId?: string;
    };

/**
 * Chooses the one way by which a person can have the credentials or the console that they ask for.
 *
 * @throws CliError that says what to run where there is none, or more than one; with the code `no-active-lease` where
 * there is nothing to wait for either
 */
export function chooseWay(
  context: Pick<Context, 'env'>,
  account: AccountDetail,
  wanted: Wanted,
): Way {
  const [problem] = account.problems;
  if (problem) {
    throw new CliError(
      line`${problem.message} ${problem.fix}`,
      EXIT.refused,
      'account-untrusted',
    );
  }
  const role = wanted.role === undefined ? undefined : roleOf(account, wanted);
  refuseContradictions(account, role, wanted);
  if (role?.access === 'standing') {
    return {
      type: 'standing',
      accountRef: account.ref,
      roleId: role.id,
      profileId: wanted.profile,
    };
  }
  const open = (role ? [role] : account.roles)
    .flatMap(each => each.openLeases)
    .filter(
      lease =>
        (wanted.lease === undefined || lease.id === wanted.lease) &&
        (wanted.profile === undefined || lease.profileId === wanted.profile),
    );
  const { id, expiresAt } = activeOf(context, open, account, wanted);
  return { type: 'lease', leaseId: id, endsAt: expiresAt };
}

function roleOf(account: AccountDetail, { role }: Wanted): AccountRole {
  const found = account.roles.find(({ id }) => id === role);
  if (!found) {
    const ids = account.roles.map(({ id }) => id).join(', ');
    throw new CliError(
      line`There is no role ${role} on ${account.title}. There are: ${ids}.`,
      EXIT.usage,
      'role-unknown',
    );
  }
  return found;
}

function activeOf(
  context: Pick<Context, 'env'>,
  open: OpenLease[],
  account: AccountDetail,
  wanted: Wanted,
): OpenLease {
  const active = open.filter(({ status }) => status === 'active');
  if (active.length === 1) {
    return active[0];
  }
  if (active.length > 1) {
    const ids = active
      .map(({ id, profileTitle }) => `${id} (${profileTitle})`)
      .join(', ');
    throw new CliError(
      line`You have ${active.length} active leases on ${account.title}: ${ids}. Say which with --lease.`,
      EXIT.usage,
    );
  }
  const [waiting] = open;
  throw waiting
    ? new CliError(waitingWords(context, account, waiting), EXIT.noLease)
    : new CliError(
        noneWords(context, account, wanted),
        EXIT.noLease,
        'no-active-lease',
      );
}

function waitingWords(
  context: Pick<Context, 'env'>,
  { title }: AccountDetail,
  lease: OpenLease,
): string {
  if (lease.status === 'scheduled') {
    return line`Your lease ${lease.id} on ${title} starts at ${lease.activeFrom}. Try again then.`;
  }
  const missing = lease.approvalsMissing;
  return line`Your lease ${lease.id} on ${title} waits for ${missing} more ${
    missing === 1 ? 'approval' : 'approvals'
  }. Run: ${commandHint(context, `status ${lease.id}`)}`;
}

function noneWords(
  context: Pick<Context, 'env'>,
  { title, ref }: AccountDetail,
  wanted: Wanted,
): string {
  const { lease, profile } = wanted;
  if (lease !== undefined) {
    return line`The lease ${lease} is not active on ${title}, or not yours. Run: ${commandHint(
      context,
      'status',
    )}`;
  }
  // They are of the account by now, so that the line can be run as it is.
  const words = `request ${shortRef(ref)} ${optionWords(wanted)}`.trim();
  const what = profile === undefined ? '' : ` with the profile ${profile}`;
  return line`You have no active lease on ${title}${what}. Run: ${commandHint(
    context,
    words,
  )}`;
}
