import { killLines } from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { say } from '../frame/output';

/**
 * Prints what operators run when the portal cannot kill: it asks nobody and changes nothing by itself.
 *
 * @throws CliError with `usage` where a lease or the policy is none
 */
export function printKillLines(
  context: Context,
  leaseIds: string[] = [],
  policyArn: string = '',
): void {
  try {
    say(context, killLines({ policyArn, leaseIds }).trimEnd());
  } catch (error) {
    throw new CliError((error as Error).message, EXIT.usage);
  }
}
