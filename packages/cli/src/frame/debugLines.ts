import { CliError } from '../CliError';
import { Context } from '../Context';
import { inert, inertLines } from './inert';

/** A line of a stack that names a place, and nothing else. */
const PLACE = /^ {4}at .+(?::\d+:\d+\)?|\(<anonymous>\))$/;

/**
 * Where an error came from, for somebody who asks with `BREAK_GLASS_DEBUG=1`.
 *
 * @returns lines with their ends, or nothing where nobody asks
 */
export function debugLines(
  { env }: Pick<Context, 'env'>,
  error: unknown,
): string {
  if (env.BREAK_GLASS_DEBUG !== '1') {
    return '';
  }
  const { stack } = Object(error) as { stack?: string };
  const origin = error instanceof CliError ? error.origin : undefined;
  return `${inertLines(origin ?? stack ?? String(error))}\n`;
}

/** The name of an error and its places, without its message: that may repeat what is secret (I10). */
export function originOf(error: unknown): string {
  const { name, message, stack } = Object(error) as Partial<Error>;
  const places = String(stack ?? '')
    .replace(String(message), () => '')
    .split('\n')
    .filter(each => PLACE.test(each));
  return [inert(name ?? typeof error), ...places].join('\n');
}
