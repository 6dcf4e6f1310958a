import { CliError } from '../CliError';
import type { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { commandHint } from '../frame/commandHint';

/**
 * The id of a lease as a person types it.
 * @throws CliError with `usage`
 */
export function leaseId(context: Pick<Context, 'env'>, text: string): string {
  if (!isLeaseId(text)) {
    throw new CliError(
      `"${text}" is no lease: its id has 26 characters. See: ${commandHint(
        context,
        'status',
      )}`,
      EXIT.usage,
    );
  }
  return text.trim().toUpperCase();
}

/** Whether a text has the form of the id of a lease. */
export function isLeaseId(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text.trim());
}
