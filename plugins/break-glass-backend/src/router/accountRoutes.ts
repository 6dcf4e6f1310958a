import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  accountUsePermission,
  AccountSummary,
  leaseReadPermission,
} from 'backstage-plugin-break-glass-common';
import { AccountDirectory, AccountResolution } from '../accounts/types';
import { notFoundError } from '../errors';
import { AccountQueries } from './AccountQueries';
import { RouteBuilder } from './RouteBuilder';

/** Canonical ref of an account from the parts of a path. */
export function refOf(params: {
  kind: string;
  namespace: string;
  name: string;
}): string {
  return stringifyEntityRef(params);
}

/** An account as lists show it. */
export function accountSummary(resolution: AccountResolution): AccountSummary {
  if (resolution.ok) {
    const { ref, title, accountId, partition, region, owner, controlPlane } =
      resolution.account;
    return {
      ref,
      title,
      accountId,
      partition,
      region,
      owner,
      controlPlane,
      problems: [],
    };
  }
  const { ok, ...rest } = resolution;
  return { ...rest, controlPlane: false };
}

/** Accounts, roles and profiles. */
export function addAccountRoutes(
  routes: RouteBuilder,
  services: { directory: AccountDirectory; accounts: AccountQueries },
): void {
  const { directory, accounts } = services;
  routes.add('me', [], async ({ caller, signedIn }) =>
    accounts.me(caller, await routes.permitted(leaseReadPermission, signedIn)),
  );
  routes.add('listProfiles', [accountUsePermission], ({ caller }) =>
    accounts.profiles(caller),
  );
  routes.add(
    'listAccounts',
    [accountUsePermission],
    async ({ caller, query }) => {
      await accounts.known(caller);
      const { usable, ...rest } = query;
      const page = await directory.list({
        ...rest,
        usable: usable === undefined ? undefined : usable === 'true',
      });
      return { ...page, items: page.items.map(accountSummary) };
    },
  );
  routes.add(
    'getAccount',
    [accountUsePermission],
    async ({ caller, params }) => {
      const ref = refOf(params);
      const resolution = await directory.resolve(ref);
      if (!resolution) {
        throw notFoundError(
          'account-unknown',
          `There is no AWS account ${ref} in the catalog.`,
        );
      }
      return accounts.detail(caller, resolution);
    },
  );
}
