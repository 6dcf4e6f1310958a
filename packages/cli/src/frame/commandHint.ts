import type { Context } from '../Context';

/**
 * What to run next, at the portal that was chosen for this run: without the choice it would go to the current one.
 *
 * @param words - what follows `break-glass`
 */
export function commandHint(
  { env }: Pick<Context, 'env'>,
  words: string,
): string {
  const portal = env.BREAK_GLASS_PORTAL;
  return `break-glass ${words}${portal ? ` --portal ${portal}` : ''}`;
}
