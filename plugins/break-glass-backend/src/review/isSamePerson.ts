import { Identity, sameHuman } from '../accounts/humans';

/**
 * Whether an entity of a lease is a person, under whatever entity of theirs (I8). Pure.
 * @param key - what tells human beings apart, as it was recorded with the ref; absent: the ref itself
 */
export function isSamePerson(
  person: Identity,
  ref: string | undefined,
  key: string | undefined,
): boolean {
  return ref !== undefined && sameHuman(person, { ref, key: key ?? ref });
}
