import { Partition } from 'backstage-plugin-break-glass-common';
import { Account } from '../accounts/types';
import { BreakGlassConfig, RoleConfig } from '../config/types';
import { EmergencyUserConfig } from '../config/unbrokeredConfig';
import { fillVariables } from '../config/variables';
import { ObservedUse } from './observe';

/** An account whose logs are looked through. One of an emergency user may stand in no catalog. */
export type WatchedAccount = Pick<
  Account,
  'accountId' | 'partition' | 'title'
> & { ref?: string };

/** What of a use is watched. */
export interface WatchedUse {
  account: WatchedAccount;
  role?: RoleConfig;
  emergencyUser?: EmergencyUserConfig;
}

/** Configured roles and emergency users of every trusted account. */
export class WatchList {
  private readonly accounts = new Map<string, WatchedAccount>();
  private readonly roles = new Map<string, RoleConfig>();
  private readonly roleArns = new Map<string, string[]>();
  private readonly users = new Map<string, EmergencyUserConfig>();

  constructor(
    config: Pick<BreakGlassConfig, 'roles' | 'unbrokered' | 'partitions'>,
    accounts: WatchedAccount[],
  ) {
    const { emergencyUsers, roleIds } = config.unbrokered;
    const known = accounts.filter(({ partition }) =>
      Boolean(config.partitions[partition]),
    );
    known.forEach(account => this.accounts.set(keyOf(account), account));
    emergencyUsers
      .filter(({ arn }) => !arn.includes('${'))
      .forEach(user => this.addUser(user.arn, user));
    const watched = config.roles.filter(({ id }) => roleIds.includes(id));
    for (const account of this.accounts.values()) {
      for (const user of emergencyUsers) {
        this.addUserOf(account, user);
      }
      for (const role of watched) {
        this.addRole(account, role);
      }
    }
  }

  /** Partitions in which there is something to look at. */
  partitions(): Partition[] {
    const all = [...this.accounts.values()].map(({ partition }) => partition);
    return [...new Set(all)].sort();
  }

  /** Accounts of a partition, by id. */
  accountIds(partition: Partition): string[] {
    return [...this.accounts.values()]
      .filter(account => account.partition === partition)
      .map(({ accountId }) => accountId)
      .sort();
  }

  /** Full ARNs of the watched roles of these accounts. */
  roleArnsOf(partition: Partition, accountIds: string[]): string[] {
    return accountIds.flatMap(
      accountId => this.roleArns.get(keyOf({ partition, accountId })) ?? [],
    );
  }

  /** ARNs of the emergency users of these accounts; what they do is recorded there, wherever they do it. */
  userArnsOf(partition: Partition, accountIds: string[]): string[] {
    const wanted = new Set(accountIds.map(each => `${partition}:${each}`));
    return [...this.users.keys()].filter(arn => {
      const [, ofPartition, , , accountId] = arn.split(':');
      return wanted.has(`${ofPartition}:${accountId}`);
    });
  }

  /** What of a use is watched; undefined where nothing is. */
  find(use: ObservedUse): WatchedUse | undefined {
    const account = this.accounts.get(keyOf(use));
    const role = this.roles.get(roleKeyOf(use.session?.arn) ?? '');
    const emergencyUser =
      this.users.get(use.principalArn ?? '') ??
      this.users.get(use.switchFrom ?? '');
    if (!role && !emergencyUser) {
      return undefined;
    }
    // An emergency user may go where no account of the catalog is.
    const { accountId } = use;
    const partition = use.partition as Partition;
    return {
      account: account ?? { accountId, partition, title: accountId },
      role,
      emergencyUser,
    };
  }

  private addUserOf(account: WatchedAccount, user: EmergencyUserConfig) {
    const { partition, accountId } = account;
    if (user.arn.includes('${')) {
      this.users.set(fillVariables(user.arn, { partition, accountId }), user);
    }
  }

  private addUser(arn: string, user: EmergencyUserConfig) {
    this.users.set(arn, user);
    const [, partition, , , accountId] = arn.split(':');
    const account = { partition: partition as Partition, accountId };
    if (!this.accounts.has(keyOf(account))) {
      this.accounts.set(keyOf(account), { ...account, title: accountId });
    }
  }

  /** Several roles may share one IAM role: the first that is configured names it. */
  private addRole(account: WatchedAccount, role: RoleConfig) {
    const { partition, accountId } = account;
    const arn = fillVariables(role.arn, { partition, accountId });
    const key = roleKeyOf(arn)!;
    if (!this.roles.has(key)) {
      this.roles.set(key, role);
      const others = this.roleArns.get(keyOf(account)) ?? [];
      this.roleArns.set(keyOf(account), [...others, arn]);
    }
  }
}

function keyOf(account: { partition: string; accountId: string }): string {
  return `${account.partition}:${account.accountId}`;
}

const ROLE =
  /^arn:([a-z-]+):(?:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)|sts::([0-9]{12}):assumed-role\/([^/]+)\/.*)$/;

/** A role by partition, account and name, from its ARN or a session's: IAM has no two roles of one name in an account. */
function roleKeyOf(arn: string | undefined): string | undefined {
  const [, partition, account, name, sessionAccount, sessionRole] =
    ROLE.exec(arn ?? '') ?? [];
  return partition
    ? `${partition}:${account ?? sessionAccount}:${name ?? sessionRole}`
    : undefined;
}
