import { UnsafeValueError } from 'backstage-plugin-break-glass-common/credentials';
import { CliError } from '../CliError';
import type { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { originOf } from '../frame/debugLines';
import { describeError } from '../frame/describeError';

/**
 * What went wrong while a session was had, in words for a person. The error itself goes no further, only where it came
 * from: a broken answer may have credentials in its message (I10).
 */
export function toCliError(
  context: Pick<Context, 'env'>,
  error: unknown,
): CliError {
  if (error instanceof CliError) {
    return error;
  }
  const origin = originOf(error);
  if (error instanceof UnsafeValueError) {
    return new CliError(
      `The portal answered with credentials that no shell or file should have (${error.message}). Tell the platform team.`,
      EXIT.failed,
      undefined,
      origin,
    );
  }
  const { message, exitCode, code } = describeError(context, error);
  return new CliError(message, exitCode, code, origin);
}
