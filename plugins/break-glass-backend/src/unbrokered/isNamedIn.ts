import { Person } from '../accounts/types';

/** Every entity of a human being that is known. */
export function refsOf(
  person: Pick<Person, 'ref' | 'against'>,
): ReadonlySet<string> {
  return new Set([person.ref, ...(person.against?.refs ?? [])]);
}

/**
 * Whether a principal of AWS has the name of a person: the last part of it,
 * which is the name of the user or of the session, is theirs, with or without
 * what follows an `@`. Companies give people one name everywhere; where two
 * share one, another reviews. Pure.
 */
export function isNamedIn(
  principal: string,
  person: Pick<Person, 'ref' | 'key' | 'against'>,
): boolean {
  const names = new Set([...refsOf(person), person.key].flatMap(namesOf));
  return namesOf(principal).some(name => names.has(name));
}

/** The last part, whole and before its `@`; nothing of what ends in nothing. */
function namesOf(text: string): string[] {
  const whole = text.split(/[/:]/).at(-1)!.toLocaleLowerCase('en-US');
  return [whole, whole.split('@')[0]].filter(Boolean);
}
