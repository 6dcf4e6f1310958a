import { Person } from '../accounts/types';

/**
 * Whether an entity of a lease is a person, under whatever entity of theirs (I8). Pure.
 * @param key - what tells human beings apart, as it was recorded with the ref; absent: the ref itself
 */
export function isSamePerson(
  person: Pick<Person, 'ref' | 'key' | 'against'>,
  ref: string | undefined,
  key: string | undefined,
): boolean {
  return (
    ref !== undefined &&
    (ref === person.ref ||
      (key ?? ref) === person.key ||
      !!person.against?.refs.has(ref))
  );
}
