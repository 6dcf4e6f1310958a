import { CliError } from '../CliError';
import { EXIT } from '../exitCodes';

/**
 * The id of a lease as a person types it.
 * @throws CliError with `usage`
 */
export function leaseId(text: string): string {
  const id = text.trim().toUpperCase();
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id)) {
    throw new CliError(
      `"${text}" is no lease: its id has 26 characters. See: break-glass status`,
      EXIT.usage,
    );
  }
  return id;
}
