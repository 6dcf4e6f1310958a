import {
  AccountDetail,
  AccountRole,
  OpenLease,
} from 'backstage-plugin-break-glass-common';
import { oneLine } from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../../CliError';
import { EXIT } from '../../exitCodes';
import { Wanted } from '../Wanted';

/** What credentials are issued under: a lease, or a role that needs none. */
export type Way =
  | { type: 'lease'; leaseId: string; endsAt?: string }
  | { type: 'standing'; roleId: string; profileId?: string };

/**
 * Chooses the one way by which a person can have the credentials that they ask for.
 * @throws CliError that says what to run where there is none, or more than one
 */
export function chooseWay(account: AccountDetail, wanted: Wanted): Way {
  const [problem] = account.problems;
  if (problem) {
    throw new CliError(
      oneLine(`${problem.message} ${problem.fix}`),
      EXIT.refused,
      'account-untrusted',
    );
  }
  const role = wanted.role === undefined ? undefined : roleOf(account, wanted);
  if (role?.access === 'standing') {
    return { type: 'standing', roleId: role.id, profileId: wanted.profile };
  }
  const open = (role ? [role] : account.roles)
    .flatMap(each => each.openLeases)
    .filter(
      lease =>
        (wanted.lease === undefined || lease.id === wanted.lease) &&
        (wanted.profile === undefined || lease.profileId === wanted.profile),
    );
  const active = open.filter(({ status }) => status === 'active');
  if (active.length === 0) {
    throw new CliError(noLeaseWords(account, open, wanted), EXIT.noLease);
  }
  if (active.length > 1) {
    throw new CliError(
      `You have ${active.length} active leases on ${titleOf(
        account,
      )}: ${oneLine(
        active
          .map(({ id, profileTitle }) => `${id} (${profileTitle})`)
          .join(', '),
      )}. Say which with --lease.`,
      EXIT.usage,
    );
  }
  const [{ id, expiresAt }] = active;
  return { type: 'lease', leaseId: id, endsAt: expiresAt };
}

function roleOf(account: AccountDetail, { role }: Wanted): AccountRole {
  const found = account.roles.find(({ id }) => id === role);
  if (!found) {
    throw new CliError(
      `There is no role ${oneLine(role!)} on ${titleOf(
        account,
      )}. There are: ${oneLine(account.roles.map(({ id }) => id).join(', '))}.`,
      EXIT.usage,
      'role-unknown',
    );
  }
  return found;
}

function noLeaseWords(
  account: AccountDetail,
  open: OpenLease[],
  wanted: Wanted,
): string {
  const title = titleOf(account);
  const [first] = open;
  if (first?.status === 'pending') {
    return `Your lease ${first.id} on ${title} waits for ${
      first.approvalsMissing
    } more ${
      first.approvalsMissing === 1 ? 'approval' : 'approvals'
    }. Run: break-glass status ${first.id}`;
  }
  if (first?.status === 'scheduled') {
    return `Your lease ${first.id} on ${title} starts at ${first.activeFrom}. Try again then.`;
  }
  const name = account.ref.split('/')[1];
  return wanted.lease === undefined
    ? `You have no active lease on ${title}. Run: break-glass request ${name}`
    : `The lease ${oneLine(
        wanted.lease,
      )} is not active on ${title}, or not yours. Run: break-glass status`;
}

function titleOf({ title }: AccountDetail): string {
  return oneLine(title);
}
