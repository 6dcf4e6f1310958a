import { LoggerService } from '@backstage/backend-plugin-api';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { ActivitySource, Clock } from 'backstage-plugin-break-glass-node';
import { AthenaActivitySource } from './activity/athena';
import { BreakGlassConfig } from './config/types';

/** A source, and how to close what belongs to the backend of it; a module closes its own. */
export interface ChosenSource {
  source: ActivitySource;
  closeSource(): void;
}

/**
 * The one place that activity is read from: Athena where it is configured, else what a
 * module brought.
 * @throws Error where there are two, or none
 */
export function chooseActivitySource(given: {
  athena: BreakGlassConfig['athena'];
  ofModule?: ActivitySource;
  credentials: AwsCredentialsManager;
  clock: Clock;
}): ChosenSource {
  const { athena, ofModule, credentials, clock } = given;
  if (athena && ofModule) {
    throw new Error(
      `Two activity sources for break glass: athena, by breakGlass.activity.athena, and ${ofModule.id}, by a module. Remove the key or the module.`,
    );
  }
  if (athena) {
    const source = new AthenaActivitySource({
      logs: athena,
      credentials,
      clock,
    });
    return { source, closeSource: () => source.close() };
  }
  if (!ofModule) {
    throw new Error(
      'Break glass has no activity source: configure breakGlass.activity.athena, or install a module such as backstage-plugin-break-glass-backend-module-duckdb.',
    );
  }
  return { source: ofModule, closeSource: () => {} };
}

/**
 * Looks once whether the logs can be read, and warns where they cannot. The start does
 * not wait for it: leases work without logs, and the health route says the same later.
 */
export async function warnWhereUnreadable(
  source: ActivitySource,
  logger: LoggerService,
): Promise<void> {
  try {
    const { ok, words } = await source.probe();
    if (!ok) {
      logger.warn(`The logs cannot be read as they should: ${words}`);
    }
  } catch (error) {
    logger.warn(`The logs could not be looked at: ${error}`);
  }
}
