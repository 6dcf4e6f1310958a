import { Context } from '../Context';
import { debugLines } from './debugLines';
import { describeError } from './describeError';
import { inertJson } from './inert';

/**
 * What goes to standard error where a command fails: one line for people, or JSON for programs.
 *
 * @returns lines with their ends
 */
export function errorText(
  context: Pick<Context, 'env'>,
  error: unknown,
  json: boolean,
): string {
  const { message, exitCode, code } = describeError(context, error);
  const answer = { error: { message, exitCode, ...(code && { code }) } };
  const text = json ? inertJson(answer) : `break-glass: ${message}`;
  return `${text}\n${debugLines(context, error)}`;
}
