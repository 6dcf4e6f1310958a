import { CliError } from '../CliError';
import type { Context } from '../Context';
import { commandHint } from '../frame/commandHint';
import { describeError } from '../frame/describeError';

/**
 * A call about a lease that somebody named: where the portal knows none of that id, the message says where to find one.
 *
 * @throws CliError with the code `lease-unknown`; whatever else went wrong as it is
 */
export async function hintUnknown<T>(
  context: Pick<Context, 'env'>,
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { message, exitCode, code } = describeError(context, error);
    if (code !== 'lease-unknown') throw error;
    throw new CliError(
      `${message} See: ${commandHint(context, 'status')}`,
      exitCode,
      code,
    );
  }
}
