import { parseEntityRef } from '@backstage/catalog-model';
import { Principals } from '../config/types';
import { Person } from './types';

/** Somebody as far as the rules of {@link matches} look. */
export type PersonFacts = Pick<Person, 'ref' | 'groups' | 'against'>;

/**
 * Whether a person is among the principals.
 * @param accountOwner - owner of the account; unknown, it makes `accountOwner` match nobody (I13)
 */
export function matches(
  principals: Principals,
  person: PersonFacts,
  accountOwner?: string,
): boolean {
  return matchesAny(principals, [person.ref], person.groups, accountOwner);
}

/**
 * Whether a person is excluded. Counts more against them than for them: a group
 * that vanished from the catalog still excludes whom a trusted entity puts in
 * it, and so does any other entity of the same human being.
 */
export function isExcluded(
  exclude: Principals,
  person: PersonFacts,
  accountOwner?: string,
): boolean {
  return (
    matches(exclude, person, accountOwner) ||
    (person.against !== undefined &&
      matchesAny(
        exclude,
        [...person.against.refs],
        person.against.groups,
        accountOwner,
      ))
  );
}

function matchesAny(
  principals: Principals,
  refs: string[],
  groups: ReadonlySet<string>,
  accountOwner: string | undefined,
): boolean {
  return (
    principals.groups.some(group => groups.has(group)) ||
    refs.some(ref => principals.users.includes(ref)) ||
    (principals.accountOwner &&
      accountOwner !== undefined &&
      (groups.has(accountOwner) || refs.includes(accountOwner)))
  );
}

/** Refs that principals name, `account-owner` included, for pages that link them. */
export function refsOf(principals: Principals): string[] {
  return [
    ...principals.groups,
    ...principals.users,
    ...(principals.accountOwner ? ['account-owner'] : []),
  ];
}

/** The name in an entity ref: what to call something whose title is not known. */
export function nameOf(ref: string): string {
  return parseEntityRef(ref).name;
}

/** `a, b or c` */
export function listInWords(
  items: string[],
  conjunction: 'or' | 'and',
): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/**
 * Principals as part of a sentence, e.g. `a member of Cloud admins or the account's owner`.
 * @param names - titles by ref; what has none is called by its name
 */
export function inWords(
  principals: Principals,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  const nameFor = (ref: string) => names.get(ref) ?? nameOf(ref);
  const groups = principals.groups.map(nameFor);
  const parts = [
    ...(groups.length > 0 ? [`a member of ${listInWords(groups, 'or')}`] : []),
    ...principals.users.map(nameFor),
    ...(principals.accountOwner ? ['an owner of the account'] : []),
  ];
  return parts.length > 0 ? listInWords(parts, 'or') : 'nobody';
}
