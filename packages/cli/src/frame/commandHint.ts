import type { Context } from '../Context';
import { portalAddress } from '../signIn/portalAddress';

/**
 * What to run next, at the portal that was chosen for this run: without the choice it would go to the current one.
 *
 * @param words - what follows `break-glass`
 */
export function commandHint(
  { env }: Pick<Context, 'env'>,
  words: string,
): string {
  const portal = safeAddress(env.BREAK_GLASS_PORTAL);
  return `break-glass ${words}${portal ? ` --portal ${portal}` : ''}`;
}

/** It is pasted into shells, and into tickets: without what they would take for theirs, and never with a password. */
function safeAddress(text: string | undefined): string | undefined {
  try {
    return text && portalAddress(text).replace(/[^\w:/.~%[\]-]/g, encoded);
  } catch {
    return undefined;
  }
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
