// Used by tests only, though not one itself.
/* eslint-disable @backstage/no-undeclared-imports */
import { AccountSeed, demoWorld, WorldSeed } from 'aws-sandbox';
import { Account } from '../../accounts/types';

/** The demo's world without its other accounts, and with as many like Payroll. */
export function manyAccounts(count: number): {
  seed: WorldSeed;
  accounts: Account[];
} {
  const { accounts } = demoWorld();
  const like = accounts.find(({ id }) => id === '111122223333')!;
  const portal = accounts.find(({ id }) => id === '555566667777')!;
  const ids = Array.from({ length: count }, (_, index) =>
    String(100_000_000_000 + index),
  );
  return {
    seed: { accounts: [portal, ...ids.map(id => withId(like, id))] },
    accounts: ids.map(id => ({
      ref: `resource:default/account-${id}`,
      title: `Account ${id}`,
      accountId: id,
      partition: 'aws',
      region: 'eu-central-1',
      owner: 'group:default/payroll-developers',
      controlPlane: false,
      labels: {},
      tags: [],
    })),
  };
}

function withId(account: AccountSeed, id: string): AccountSeed {
  const { buckets, instances, secrets, ...plain } = account;
  return JSON.parse(JSON.stringify(plain).split(account.id).join(id));
}
