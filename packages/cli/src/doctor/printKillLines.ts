import { killLines, killSteps } from 'backstage-plugin-break-glass-common';
import { CliError } from '../CliError';
import { Context } from '../Context';
import { EXIT } from '../exitCodes';
import { say, sayJson } from '../frame/output';

/**
 * Prints what operators run when the portal cannot kill: it asks nobody and changes nothing by itself.
 *
 * @throws CliError with `usage` where a lease or the policy is none
 */
export function printKillLines(
  context: Context,
  options: { leaseIds?: string[]; policyArn?: string; json: boolean },
): void {
  const { leaseIds = [], policyArn = '', json } = options;
  try {
    if (json) {
      sayJson(context, killSteps({ policyArn, leaseIds }));
    } else {
      say(context, killLines({ policyArn, leaseIds }).trimEnd());
    }
  } catch (error) {
    throw new CliError((error as Error).message, EXIT.usage);
  }
}
