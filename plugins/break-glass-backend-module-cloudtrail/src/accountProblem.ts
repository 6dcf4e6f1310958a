import { ServiceUnavailableError } from '@backstage/errors';
import { Partition } from 'backstage-plugin-break-glass-common';
import { awsErrorName, failureKind } from './awsFailure';
import { ACTIVITY_KEY } from './configSchema';

/** What an AssumeRole of a reader role was about, for words. */
export interface ReaderFacts {
  roleArn: string;
  brokerAccountId: string;
  withExternalId: boolean;
}

/** What AWS says of the broker's own credentials. */
const BROKER_KEYS = new Set([
  'CredentialsProviderError',
  'IncompleteSignature',
  'SignatureDoesNotMatch',
]);
const SKEWED = new Set([
  'RequestTimeTooSkewed',
  'RequestExpired',
  'RequestInTheFuture',
]);

/** 503 in our words, with the next step, and nothing that AWS wrote but the error's name. */
export function readerProblem(
  error: unknown,
  facts: ReaderFacts,
): ServiceUnavailableError {
  const { roleArn, brokerAccountId } = facts;
  const name = awsErrorName(error);
  if (SKEWED.has(name)) {
    return new ServiceUnavailableError(
      `The clocks of this server and of AWS STS differ too much to assume ${roleArn} (${name}). Set this server's clock right.`,
    );
  }
  switch (BROKER_KEYS.has(name) ? 'broker-keys' : failureKind(error)) {
    case 'denied':
      return new ServiceUnavailableError(notTrusted(facts));
    case 'broker-keys':
    case 'expired':
    case 'region-off':
      return new ServiceUnavailableError(
        `AWS does not accept the credentials of the broker account ${brokerAccountId} (${name}). Renew them under aws.accounts, or set breakGlass.partitions.<partition>.defaultRegion to a region whose STS is switched on.`,
      );
    case 'refused':
      return new ServiceUnavailableError(
        `AWS refused to let the broker assume ${roleArn} (${name}). Compare the role with the one in the documentation of the event history module.`,
      );
    default:
      return new ServiceUnavailableError(
        `AWS STS did not answer usefully when the broker assumed ${roleArn} (${name}). Look again in a minute.`,
      );
  }
}

/** The trust policy statement is in the words: it is what to paste. */
function notTrusted(facts: ReaderFacts): string {
  const { roleArn, brokerAccountId, withExternalId } = facts;
  const externalId = withExternalId
    ? ', with the external id of breakGlass.externalIds'
    : ' (where it asks for an external id, set it in breakGlass.externalIds)';
  return `The role ${roleArn} does not exist, or does not trust the broker of the account ${brokerAccountId}. Create it, allow sts:AssumeRole to the broker in its trust policy${externalId}, and allow the broker sts:AssumeRole on it.`;
}

/** 503 for a partition without a broker. */
export function unknownPartition(
  partition: Partition,
): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `The event history of accounts of the partition ${partition} cannot be read: add breakGlass.partitions.${partition} with its broker.`,
  );
}

/** 503 for a broker whose credentials nobody configured. */
export function noBrokerKeys(
  partition: Partition,
  brokerAccountId: string,
): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `There are no AWS credentials for the broker account ${brokerAccountId} of the partition ${partition}: add the account under aws.accounts.`,
  );
}

/** A part of the event history. */
export interface RegionFacts {
  partition: Partition;
  accountId: string;
  region: string;
}

/** A sentence on a region that could not be read, with the fix. */
export function regionProblem(error: unknown, facts: RegionFacts): string {
  const { partition, accountId, region } = facts;
  const name = awsErrorName(error);
  const place = `The event history of ${region} in account ${accountId}`;
  const keys = `${ACTIVITY_KEY}.partitions.${partition}.regions`;
  switch (failureKind(error)) {
    case 'denied':
      return `${place} is closed to the reader role (${name}): allow it cloudtrail:LookupEvents in its policy and in service control policies, or take the region out of ${keys}.`;
    case 'region-off':
      return `${place} does not know the reader role (${name}): switch the region on for the account, or take it out of ${keys}.`;
    case 'throttled':
      return `${place} was not read to its end (${name}): others use up its calls a second. Look again later, or lower ${ACTIVITY_KEY}.callsPerSecond.`;
    case 'refused':
      return `${place} refused the look-up (${name}).`;
    default:
      return `${place} did not answer (${name}): look again later.`;
  }
}
