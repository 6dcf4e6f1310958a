// Used by tests only, though not one itself.
import { tokenFor } from './AwsPortal';

/** Key ids, secret keys, session tokens, and the bearer token of a person. */
export function secretsIn(text: string, person: string = 'mary'): string[] {
  const found: string[] = text.match(/ASIA[A-Z0-9]{12,}|[\w/+=]{40,}/g) ?? [];
  return text.includes(tokenFor(person)) ? [...found, 'bearer token'] : found;
}
