import { AccountFilter } from '../config/types';
import { Account } from './types';

/** Whether an account is among those of a filter: all that is named must hold, and of several values one. */
export function matchesAccount(
  filter: AccountFilter,
  account: Pick<Account, 'labels' | 'tags' | 'owner' | 'system'>,
): boolean {
  const isOneOf = (wanted: string[], value: string | undefined) =>
    wanted.length === 0 || (value !== undefined && wanted.includes(value));
  return (
    Object.entries(filter.labels).every(([name, values]) =>
      isOneOf(values, ownValue(account.labels, name)),
    ) &&
    (filter.tags.length === 0 ||
      filter.tags.some(tag => account.tags.includes(tag))) &&
    isOneOf(filter.owners, account.owner) &&
    isOneOf(filter.systems, account.system)
  );
}

/** No name reaches what every object has. */
function ownValue(
  record: Record<string, string>,
  name: string,
): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
